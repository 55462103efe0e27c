//! From an editor's changes, given by line and column, to edits by byte offset.

use relmodel_ide::{Position, PositionEncoding, Rope, TextEdit, TextRange, offset_at};

/// One change of an open document, given in the text that the changes before it leave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContentChange {
    /// The places between which text goes; `None` for all of it.
    pub range: Option<(Position, Position)>,
    /// What comes in its place.
    pub text: String,
}

/// The edits that `changes` mean for `text`. A change of all the text is narrowed to what differs, so that a client
/// that always sends everything is served incrementally too.
pub(crate) fn to_edits(text: &Rope, changes: &[ContentChange], encoding: PositionEncoding) -> Vec<TextEdit> {
    let mut text = text.clone();
    let mut res = Vec::with_capacity(changes.len());
    for change in changes {
        let edit = match change.range {
            Some((from, to)) => {
                let (a, b) = (offset_at(&text, from, encoding), offset_at(&text, to, encoding));
                TextEdit { range: TextRange::new(a.min(b), a.max(b)), replacement: change.text.clone() }
            }
            None => difference(&text, &change.text),
        };
        apply(&mut text, &edit);
        res.push(edit);
    }
    res
}

fn apply(text: &mut Rope, edit: &TextEdit) {
    let start = text.byte_to_char(edit.range.start as usize);
    let end = text.byte_to_char(edit.range.end as usize);
    text.remove(start..end);
    text.insert(start, &edit.replacement);
}

/// The smallest single edit that turns `old` into `new`.
fn difference(old: &Rope, new: &str) -> TextEdit {
    let same = |(a, b): &(char, char)| a == b;
    let prefix: usize = old.chars().zip(new.chars()).take_while(same).map(|(it, _)| it.len_utf8()).sum();
    let room = old.len_bytes().min(new.len()) - prefix;
    let mut suffix = 0;
    for (a, b) in old.chars_at(old.len_chars()).reversed().zip(new.chars().rev()) {
        if a != b || suffix + a.len_utf8() > room {
            break;
        }
        suffix += a.len_utf8();
    }
    let offset = |it: usize| u32::try_from(it).unwrap_or(u32::MAX);
    TextEdit {
        range: TextRange::new(offset(prefix), offset(old.len_bytes() - suffix)),
        replacement: new[prefix..new.len() - suffix].to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(from: (u32, u32), to: (u32, u32), text: &str) -> ContentChange {
        let position = |(line, column)| Position { line, column };
        ContentChange { range: Some((position(from), position(to))), text: text.to_owned() }
    }

    fn check(before: &str, changes: &[ContentChange], after: &str) {
        let mut text = Rope::from_str(before);
        for edit in to_edits(&text, changes, PositionEncoding::Utf16) {
            apply(&mut text, &edit);
        }
        assert_eq!(text.to_string(), after);
    }

    #[test]
    fn each_change_speaks_of_the_text_that_the_ones_before_leave() {
        check(
            "ab\ncd\n",
            &[change((0, 0), (1, 0), ""), change((0, 1), (0, 1), "😀"), change((0, 3), (0, 4), "x")],
            "c😀x\n",
        );
    }

    #[test]
    fn a_range_given_backwards_means_the_same() {
        check("abc", &[change((0, 2), (0, 1), "")], "ac");
    }

    #[test]
    fn a_whole_text_is_narrowed_to_its_difference() {
        for (old, new) in [
            ("", ""),
            ("", "abc"),
            ("abc", ""),
            ("aaa", "aa"),
            ("aa", "aaaa"),
            ("x = 'é'\n", "x = 'è'\n"),
            ("a\nb\nc\n", "a\nB\nc\n"),
            ("abab", "ab"),
        ] {
            check(old, &[ContentChange { range: None, text: new.to_owned() }], new);
        }
        let edit = difference(&Rope::from_str("a\nb\nc\n"), "a\nB\nc\n");
        assert_eq!(edit, TextEdit { range: TextRange::new(2, 3), replacement: "B".to_owned() });
    }
}
