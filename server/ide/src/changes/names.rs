//! What a file calls SQLAlchemy's names.

use relmodel_model::{Db, Name, SourceFile, Value, home_of, resolve_name, top_level_names, value_of_text};

use crate::analysis::Analysis;

/// A name that a file has to import: the module and the name.
type Needed = (&'static str, String);

/// Code with each `$name` as the file calls it, and what has to be imported for it. `None` where the file means
/// something else by a name.
pub(crate) fn spelled(analysis: &Analysis, file: SourceFile, code: &str) -> Option<(String, Vec<Needed>)> {
    let mut pieces = code.split('$');
    let mut res = pieces.next().unwrap_or_default().to_owned();
    let mut needed = Vec::new();
    for piece in pieces {
        let end = piece.find(|it: char| !it.is_alphanumeric() && it != '_').unwrap_or(piece.len());
        let (name, rest) = piece.split_at(end);
        match called(&analysis.db, file, name)? {
            Called::As(text) => res.push_str(&text),
            Called::Unknown(module) => {
                res.push_str(name);
                needed.push((module, name.to_owned()));
            }
        }
        res.push_str(rest);
    }
    Some((res, needed))
}

/// Whether a name means something at the top of a file.
pub(crate) fn is_known(analysis: &Analysis, file: SourceFile, name: &str) -> bool {
    resolve_name(&analysis.db, file, Name::from(name)) != Value::Missing
}

/// What a file calls `typing.TYPE_CHECKING`, if it has it.
pub(crate) fn type_checking(analysis: &Analysis, file: SourceFile) -> Option<&'static str> {
    let is_it = |text: &&str| {
        let value = value_of_text(&analysis.db, file, text);
        matches!(value, Value::Library(it) if it == "typing.TYPE_CHECKING")
    };
    ["TYPE_CHECKING", "typing.TYPE_CHECKING", "t.TYPE_CHECKING"].into_iter().find(is_it)
}

enum Called {
    /// It is known under this name.
    As(String),
    /// It has to be imported from this module.
    Unknown(&'static str),
}

fn called(db: &dyn Db, file: SourceFile, name: &str) -> Option<Called> {
    let home = home_of(name)?;
    let is_it = |text: &str| match value_of_text(db, file, text) {
        Value::Library(it) => relmodel_model::sqlalchemy_name(it).is_some_and(|it| it == name),
        _ => false,
    };
    if is_it(name) {
        return Some(Called::As(name.to_owned()));
    }
    let names = top_level_names(db, file);
    // `from sqlalchemy import Column as C`, `import sqlalchemy as sa`, `db = SQLAlchemy()`
    let alias = names.iter().find(|it| is_it(it)).map(ToString::to_string);
    let qualified = || {
        let offers = |it: &&Name| match resolve_name(db, file, **it) {
            Value::Library(module) => module == home,
            Value::Expr(_) => true,
            _ => false,
        };
        names.iter().filter(offers).map(|it| format!("{it}.{name}")).find(|it| is_it(it))
    };
    match alias.or_else(qualified) {
        Some(text) => Some(Called::As(text)),
        None if resolve_name(db, file, Name::from(name)) == Value::Missing => Some(Called::Unknown(home)),
        None => None,
    }
}
