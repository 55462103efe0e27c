//! The text of a file and its syntax tree: edits, incremental reparse, positions, and typed reading of nodes.
//!
//! Owns ropes and trees. Knows nothing of `SQLAlchemy`: what a statement means is for the layers above.

mod document;
mod kind;
mod position;
mod range;

pub use document::{Changes, Document, TextEdit};
pub use kind::{Field, Kind};
pub use position::{Position, PositionEncoding, offset_at, position_at};
pub use range::TextRange;
pub use ropey::Rope;
pub use tree_sitter::Node;

/// Parses a piece of Python that stands on its own, such as the content of a string that holds an expression.
///
/// Never fails: any text gives a tree, with error nodes where it is not Python.
pub fn parse_fragment(text: &str) -> Option<tree_sitter::Tree> {
    document::with_parser(|parser| parser.parse(text, None))
}
