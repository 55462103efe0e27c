//! A document: its text as a rope, its tree, and the edits that keep the two together.

use std::borrow::Cow;
use std::cell::RefCell;

use ropey::Rope;
use tree_sitter::{InputEdit, Parser, Point, Tree};

use crate::range::{TextRange, to_u32};

/// The replacement of a range of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextEdit {
    /// The bytes that go, in the text before the edit.
    pub range: TextRange,
    /// What comes in their place.
    pub replacement: String,
}

/// A text and its syntax tree. Cloning shares both.
#[derive(Clone, Debug)]
pub struct Document {
    text: Rope,
    tree: Tree,
}

thread_local! {
    /// Making a parser costs more than parsing a small file, so each thread keeps one.
    static PARSER: RefCell<Option<Parser>> = const { RefCell::new(None) };
}

pub(crate) fn with_parser<T>(parse: impl FnOnce(&mut Parser) -> Option<T>) -> Option<T> {
    PARSER.with_borrow_mut(|slot| {
        if slot.is_none() {
            let mut parser = Parser::new();
            parser.set_language(&tree_sitter_relmodel::LANGUAGE.into()).ok()?;
            *slot = Some(parser);
        }
        slot.as_mut().and_then(parse)
    })
}

impl Document {
    /// Parses a text from scratch. `None` only if the linked grammar does not fit the linked tree-sitter, which
    /// a test rules out.
    pub fn parse(text: Rope) -> Option<Self> {
        let tree = parse(&text, None)?;
        Some(Self { text, tree })
    }

    /// The text.
    pub fn text(&self) -> &Rope {
        &self.text
    }

    /// The root node of the tree, a `module`.
    pub fn root(&self) -> tree_sitter::Node<'_> {
        self.tree.root_node()
    }

    /// Applies edits in order, each given in the text that the ones before it leave, and reparses once. Tells what
    /// changed.
    ///
    /// Ranges that lie outside the text or cut a character are moved to the nearest place inside.
    pub fn edit(&mut self, edits: &[TextEdit]) -> Changes {
        let mut changes: Option<Changes> = None;
        for edit in edits {
            let input_edit = apply(&mut self.text, edit);
            self.tree.edit(&input_edit);
            changes = Some(Changes::after(changes, &input_edit));
        }
        let mut changes = changes.unwrap_or_default();
        if let Some(tree) = reparse(&self.text, &self.tree) {
            let reparsed = self.tree.changed_ranges(&tree);
            changes.reparsed = reparsed.map(|it| TextRange::new(to_u32(it.start_byte), to_u32(it.end_byte))).collect();
            self.tree = tree;
        }
        changes
    }
}

/// What edits and the reparse after them changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// The bytes that went, in the old text: one range around all edits.
    pub removed: TextRange,
    /// The bytes that came, in the new text; starts where `removed` does.
    pub inserted: TextRange,
    /// Where the shape of the tree changed, in the new text.
    pub reparsed: Vec<TextRange>,
}

impl Changes {
    /// The changes of `before` and one more edit, which is given in the text that they leave.
    fn after(before: Option<Self>, edit: &InputEdit) -> Self {
        let (start, end, new_end) = (to_u32(edit.start_byte), to_u32(edit.old_end_byte), to_u32(edit.new_end_byte));
        let Some(Self { mut removed, mut inserted, reparsed }) = before else {
            let (removed, inserted) = (TextRange::new(start, end), TextRange::new(start, new_end));
            return Self { removed, inserted, reparsed: Vec::new() };
        };
        if end > inserted.end {
            removed.end += end - inserted.end;
            inserted.end = end;
        }
        inserted.end = inserted.end + new_end - end;
        removed.start = removed.start.min(start);
        inserted.start = removed.start;
        Self { removed, inserted, reparsed }
    }

    /// Where a range of the old text stands now; `None` if anything in it, or right beside it, changed.
    pub fn moved(&self, range: TextRange) -> Option<TextRange> {
        let moved = if range.end < self.removed.start {
            range
        } else if range.start > self.removed.end {
            let shift = |offset: u32| offset - self.removed.end + self.inserted.end;
            TextRange::new(shift(range.start), shift(range.end))
        } else {
            return None;
        };
        let is_touched = |it: &TextRange| it.start <= moved.end && moved.start <= it.end;
        (!self.reparsed.iter().any(is_touched)).then_some(moved)
    }
}

/// Where tree-sitter has to recover from an error, its choice depends on which nodes of the old tree it can take over.
/// Such texts are parsed from scratch, so that a tree never depends on how its text came to be. Half-typed code is no
/// error to the grammar; text that is no Python at all is.
fn reparse(text: &Rope, old: &Tree) -> Option<Tree> {
    let tree = parse(text, Some(old))?;
    if tree.root_node().has_error() { parse(text, None) } else { Some(tree) }
}

/// Reads the rope chunk by chunk, so that no copy of the text is made for the parser.
fn parse(text: &Rope, old: Option<&Tree>) -> Option<Tree> {
    let length = text.len_bytes();
    let mut read = |byte: usize, _: Point| -> Cow<'_, [u8]> {
        if byte >= length {
            return Cow::Borrowed(&[]);
        }
        let (chunk, start, _, _) = text.chunk_at_byte(byte);
        without_nulls(&chunk.as_bytes()[byte - start..])
    };
    with_parser(|parser| parser.parse_with_options(&mut read, old, None))
}

/// Null bytes are no Python, and to the lexer they look like the text's end; it reads blanks in their place.
fn without_nulls(bytes: &[u8]) -> Cow<'_, [u8]> {
    if bytes.contains(&0) {
        return bytes.iter().map(|byte| if *byte == 0 { b' ' } else { *byte }).collect();
    }
    Cow::Borrowed(bytes)
}

fn apply(text: &mut Rope, edit: &TextEdit) -> InputEdit {
    let clamp = |offset: u32| text.byte_to_char((offset as usize).min(text.len_bytes()));
    let start = clamp(edit.range.start);
    let end = clamp(edit.range.end).max(start);
    let start_byte = text.char_to_byte(start);
    let old_end_byte = text.char_to_byte(end);
    let start_position = point_at(text, start_byte);
    let old_end_position = point_at(text, old_end_byte);
    text.remove(start..end);
    text.insert(start, &edit.replacement);
    let new_end_byte = start_byte + edit.replacement.len();
    InputEdit {
        start_byte,
        old_end_byte,
        new_end_byte,
        start_position,
        old_end_position,
        new_end_position: point_at(text, new_end_byte),
    }
}

/// Tree-sitter ends a row at `\n` alone and counts columns in bytes; the rope also ends lines at a lone `\r`, so
/// such lines are joined again. Rows then only have to grow together, and do.
fn point_at(text: &Rope, byte: usize) -> Point {
    let mut line = text.char_to_line(text.byte_to_char(byte));
    while line > 0 && text.char(text.line_to_char(line) - 1) == '\r' {
        line -= 1;
    }
    Point::new(line, byte - text.line_to_byte(line))
}

impl PartialEq for Document {
    /// Documents are equal when their texts are and their trees have the same shape.
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text && self.root().to_sexp() == other.root().to_sexp()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn null_bytes_are_read_as_blanks() {
        let text = format!("x = 1\n{}\ny = 2\n", "\0".repeat(100_000));
        let document = Document::parse(Rope::from_str(&text)).unwrap();
        assert_eq!(document.root().named_child_count(), 2);
        assert_eq!(document.text().len_bytes(), text.len());
    }
}
