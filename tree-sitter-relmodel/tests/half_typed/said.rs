//! What a tree says: its classes and its assignments, and whether all of it is still said by another tree.
//!
//! It owns what the half-typed law compares. It must not know which states are tried.

use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash, Hasher},
    ops::Range,
};

use tree_sitter::{Node, Tree};

/// A class is its name and bases, an assignment its text and the name of the class around it. For each: how often it is
/// said, and where last.
pub(crate) struct Said(HashMap<u64, (usize, Range<usize>)>);

/// Whether an assignment belongs to the class around it. It does not while that class's header is being changed.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Owner {
    Class,
    Nobody,
}

/// What is inside these holds no statement, unless it is damaged.
const EXPRESSIONS: [&str; 14] = [
    "call",
    "argument_list",
    "string",
    "attribute",
    "subscript",
    "list",
    "tuple",
    "dictionary",
    "parameters",
    "decorator",
    "comment",
    "import_statement",
    "import_from_statement",
    "return_statement",
];

impl Said {
    pub(crate) fn of(tree: &Tree, source: &str, owner: Owner) -> Self {
        Self::without(tree, source, owner, &|_| false)
    }

    /// What is said apart from the nodes that are `skipped`; what stands in their bodies counts.
    pub(crate) fn without(tree: &Tree, source: &str, owner: Owner, skipped: &dyn Fn(Node<'_>) -> bool) -> Self {
        let mut said = Self(HashMap::new());
        said.collect(tree.root_node(), "", (source, owner), skipped);
        said
    }

    fn collect(&mut self, node: Node<'_>, class: &str, text: (&str, Owner), skipped: &dyn Fn(Node<'_>) -> bool) {
        let (source, owner) = text;
        let mut inner = class;
        match node.kind() {
            "class_definition" if node.is_named() => {
                let field = |name| node.child_by_field_name(name).map_or("", |it| &source[it.byte_range()]);
                inner = field("name");
                if !skipped(node) {
                    self.add(&("class", inner, field("superclasses")), node);
                }
            }
            "assignment" if !skipped(node) => {
                let class = if owner == Owner::Class { class } else { "" };
                self.add(&("assignment", class, &source[node.byte_range()]), node);
            }
            kind if EXPRESSIONS.contains(&kind) && !node.has_error() => return,
            _ => {}
        }
        let mut cursor = node.walk();
        for child in node.named_children(&mut cursor) {
            self.collect(child, inner, text, skipped);
        }
    }

    fn add(&mut self, what: &impl Hash, node: Node<'_>) {
        let mut hasher = DefaultHasher::new();
        what.hash(&mut hasher);
        let entry = self.0.entry(hasher.finish()).or_insert((0, 0..0));
        *entry = (entry.0 + 1, node.byte_range());
    }

    /// Where something stands that `after` does not say as often; nothing if it says everything.
    pub(crate) fn lost(&self, after: &Self) -> Option<Range<usize>> {
        let lacks = |it: &(&u64, &(usize, Range<usize>))| after.0.get(it.0).is_none_or(|other| other.0 < it.1.0);
        self.0.iter().filter(lacks).map(|it| it.1.1.clone()).min_by_key(|it| it.start)
    }
}
