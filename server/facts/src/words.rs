//! What the text of a statement tells before it is read.

use crate::Name;

/// How many bytes a function may have to be read whatever it is about.
pub(crate) const SHORT: usize = 400;

/// The words of a mapping: a function without any of them neither makes a class, a table or a column, nor something to
/// make one with.
const WORDS: &[&str] = &[
    "Column(",
    "mapped_column(",
    "elationship(",
    "Field(",
    "ForeignKey",
    "Table(",
    "type(",
    "declarative_base",
    "SQLAlchemy(",
    "MetaData(",
    "backref(",
    "map_imperatively(",
    "mapper(",
    "to_metadata(",
    "tometadata(",
    "add_property(",
];

pub(crate) fn has_words(text: &str) -> bool {
    WORDS.iter().any(|it| text.contains(it))
}

/// The classes that a piece of Python makes by calls `type(name, bases, body)`. Told by the text alone, since the
/// bodies of functions are not read.
pub(crate) fn made_classes(text: &str) -> Vec<Option<Name>> {
    let mut res = Vec::new();
    for (start, _) in text.match_indices("type(") {
        let is_part = text[..start].ends_with(|it: char| it.is_alphanumeric() || it == '_' || it == '.');
        let is_definition = text[..start].trim_end_matches(' ').ends_with("def");
        let arguments = &text[start + "type(".len()..];
        if !is_part
            && !is_definition
            && let Some(first) = first_of_several(arguments)
        {
            let quoted = first.trim().strip_prefix(['"', '\'']).and_then(|it| it.strip_suffix(['"', '\'']));
            let is_plain = |it: &&str| it.chars().all(|it| it.is_alphanumeric() || it == '_');
            res.push(quoted.filter(is_plain).map(Name::from));
        }
    }
    res
}

/// The first argument of a call, if another one follows it.
fn first_of_several(arguments: &str) -> Option<&str> {
    let mut depth = 0_u32;
    for (at, char) in arguments.char_indices() {
        match char {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.checked_sub(1)?,
            ',' if depth == 0 => return Some(&arguments[..at]),
            _ => {}
        }
    }
    None
}
