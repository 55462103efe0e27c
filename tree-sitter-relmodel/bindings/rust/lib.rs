//! The grammar of relmodel for [tree-sitter](https://tree-sitter.github.io): all of Python 3, unharmed by half-typed
//! code.
//!
//! Use it like any other grammar crate:
//!
//! ```
//! let mut parser = tree_sitter::Parser::new();
//! parser.set_language(&tree_sitter_relmodel::LANGUAGE.into()).unwrap();
//! let tree = parser.parse("children = relationship(\nid = Column(Integer)\n", None).unwrap();
//! assert_eq!(tree.root_node().named_child_count(), 2);
//! ```
//!
//! This crate owns the binding to the generated parser and the texts beside it. It must not know what a tree is used
//! for.

use tree_sitter_language::LanguageFn;

unsafe extern "C" {
    fn tree_sitter_relmodel() -> *const ();
}

/// The tree-sitter [`LanguageFn`] of this grammar.
// SAFETY: the function is the one that `tree-sitter generate` wrote, and it returns a valid `TSLanguage`.
pub const LANGUAGE: LanguageFn = unsafe { LanguageFn::from_raw(tree_sitter_relmodel) };

/// The text of `node-types.json`: every node with its fields and children.
pub const NODE_TYPES: &str = include_str!("../../src/node-types.json");

/// The query that names tokens for syntax highlighting.
pub const HIGHLIGHTS_QUERY: &str = include_str!("../../queries/highlights.scm");

/// The query that finds definitions and references for code navigation.
pub const TAGS_QUERY: &str = include_str!("../../queries/tags.scm");

/// The query that tells scopes, definitions and references of local names.
pub const LOCALS_QUERY: &str = include_str!("../../queries/locals.scm");

/// The query that finds other languages inside Python.
pub const INJECTIONS_QUERY: &str = include_str!("../../queries/injections.scm");
