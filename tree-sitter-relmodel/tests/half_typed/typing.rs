//! The states that are tried: where a statement can begin, what is typed there, and which tokens are taken away.
//!
//! It owns the edits. It must not know what counts as harm.

use std::ops::Range;

use tree_sitter::{InputEdit, Node, Point, Tree};

/// What is typed, one character after the other; a newline is followed by the place's own indentation.
pub(crate) const TYPED: [(&str, &str); 6] = [
    ("relationship", "x = relationship(\"Y\", back_populates=\"z\")"),
    ("mapped", "x: Mapped[List[\"Y\"]] = relationship(back_populates=\"z\")"),
    ("column", "x = Column(Integer, ForeignKey(\"t.id\"), nullable=False)"),
    ("table", "t = Table(\n    \"t\",\n    Base.metadata,\n    Column(\"a\", ForeignKey(\"b.id\")),\n)"),
    ("class", "class Z(Base):\n    x = Column(Integer)"),
    ("method", "@validates(\"x\")\ndef f(self, key, value):\n    return value"),
];

/// A line of a class body before which a statement can begin.
#[derive(Clone)]
pub(crate) struct Place {
    pub(crate) offset: usize,
    pub(crate) indent: String,
}

pub(crate) fn places(tree: &Tree, source: &str) -> Vec<Place> {
    let mut places = Vec::new();
    let mut stack = vec![tree.root_node()];
    while let Some(node) = stack.pop() {
        if node.kind() == "class_definition"
            && let Some(body) = node.child_by_field_name("body")
        {
            places.extend(in_body(body, source));
        }
        let mut cursor = node.walk();
        stack.extend(node.named_children(&mut cursor));
    }
    places.sort_by_key(|it| it.offset);
    places
}

/// Before each statement of a body that begins its line, and after the last one.
fn in_body(body: Node<'_>, source: &str) -> Vec<Place> {
    let mut places = Vec::new();
    let mut end = None;
    let mut cursor = body.walk();
    for child in body.named_children(&mut cursor).filter(|it| !it.is_extra()) {
        let offset = child.start_byte() - child.start_position().column;
        let indent = &source[offset..child.start_byte()];
        if indent.trim().is_empty() {
            places.push(Place { offset, indent: indent.to_owned() });
            end = Some((child.end_byte(), indent.to_owned()));
        }
    }
    if let Some((end, indent)) = end
        && let Some(line) = source[end..].find('\n')
    {
        places.push(Place { offset: end + line + 1, indent });
    }
    places
}

/// The tokens of a tree; a string counts as one.
pub(crate) fn tokens(tree: &Tree) -> Vec<Range<usize>> {
    let mut tokens = Vec::new();
    let mut stack = vec![tree.root_node()];
    while let Some(node) = stack.pop() {
        if node.kind() == "comment" || node.start_byte() == node.end_byte() {
            continue;
        }
        if node.child_count() == 0 || node.kind() == "string" {
            tokens.push(node.byte_range());
            continue;
        }
        let mut cursor = node.walk();
        stack.extend(node.children(&mut cursor));
    }
    tokens.sort_by_key(|it| it.start);
    tokens
}

fn point(source: &str, byte: usize) -> Point {
    let before = &source[..byte];
    let row = before.matches('\n').count();
    Point::new(row, byte - before.rfind('\n').map_or(0, |it| it + 1))
}

/// The edit that puts `new` bytes in the place of `old` bytes at `start`.
pub(crate) fn replacement(before: &str, after: &str, start: usize, old: usize, new: usize) -> InputEdit {
    InputEdit {
        start_byte: start,
        old_end_byte: start + old,
        new_end_byte: start + new,
        start_position: point(before, start),
        old_end_position: point(before, start + old),
        new_end_position: point(after, start + new),
    }
}
