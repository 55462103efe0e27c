//! Where the facts of a file stand: the only place that holds positions.

use std::sync::Arc;

use relmodel_syntax::TextRange;

use crate::expr::{ExprId, NameId};

/// Where the items of a file stand, in the order of [`crate::FileFacts::items`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceMap {
    /// The byte offset at which each item starts, and the map that counts from there.
    pub items: Vec<(u32, Arc<ItemMap>)>,
    /// The comments that may be meant for a checker, in order. There are few, and most files have none.
    pub comments: Vec<Comment>,
}

/// A comment that may be meant for a checker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Comment {
    /// Where it stands.
    pub range: TextRange,
    /// Whether no statement stands above it, a docstring aside.
    pub is_at_top: bool,
}

/// Where the parts of an item stand, in bytes from the item's start.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ItemMap {
    /// How many bytes the item covers.
    pub length: u32,
    /// The range of each expression.
    pub exprs: Vec<TextRange>,
    /// The range of each name.
    pub names: Vec<TextRange>,
    /// The range of each class statement, decorators included.
    pub classes: Vec<TextRange>,
    /// The pieces of strings, sorted by string: what maps a place in a value to a place in the source.
    pub pieces: Vec<StringPiece>,
    /// The strings and brackets that the file does not close, as expressions.
    pub unclosed: Vec<ExprId>,
    /// The comments that may be meant for a checker.
    pub comments: Vec<TextRange>,
}

/// A run of a string's value that stands in the source as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StringPiece {
    /// The string.
    pub string: ExprId,
    /// Where the run starts in the value, in bytes.
    pub value_start: u32,
    /// Where it stands in the source.
    pub range: TextRange,
}

impl ItemMap {
    /// Gives back the room that was not needed: maps are made once and kept.
    pub(crate) fn shrink_to_fit(&mut self) {
        self.exprs.shrink_to_fit();
        self.names.shrink_to_fit();
        self.classes.shrink_to_fit();
        self.pieces.shrink_to_fit();
        self.comments.shrink_to_fit();
    }

    /// The range of an expression.
    pub fn expr(&self, id: ExprId) -> TextRange {
        self.exprs.get(id.0.index()).copied().unwrap_or_default()
    }

    /// The range of a name.
    pub fn name(&self, id: NameId) -> TextRange {
        self.names.get(id.0.index()).copied().unwrap_or_default()
    }

    /// The pieces of a string.
    pub fn pieces_of(&self, string: ExprId) -> &[StringPiece] {
        let start = self.pieces.partition_point(|it| it.string < string);
        let end = self.pieces.partition_point(|it| it.string <= string);
        &self.pieces[start..end]
    }

    /// Where bytes `start..end` of a string's value stand. `None` where the string has no content to point at.
    pub fn in_string(&self, string: ExprId, start: u32, end: u32) -> Option<TextRange> {
        let pieces = self.pieces_of(string);
        let first = pieces.iter().rfind(|it| it.value_start <= start).or(pieces.first())?;
        let last = pieces.iter().rfind(|it| it.value_start < end.max(1)).or(pieces.first())?;
        let from = first.range.start + start.saturating_sub(first.value_start).min(first.range.len());
        let to = last.range.start + end.saturating_sub(last.value_start).min(last.range.len());
        Some(TextRange::new(from, to.max(from)))
    }

    /// The place in a string's value that a source offset stands at: the inverse of [`ItemMap::in_string`].
    pub fn offset_in_string(&self, string: ExprId, offset: u32) -> Option<u32> {
        let piece = self.pieces_of(string).iter().find(|it| it.range.touches(offset))?;
        Some(piece.value_start + (offset - piece.range.start))
    }

    /// The content of a string, quotes left out, from its first piece to its last.
    pub fn string_content(&self, string: ExprId) -> Option<TextRange> {
        let pieces = self.pieces_of(string);
        Some(TextRange::new(pieces.first()?.range.start, pieces.last()?.range.end))
    }
}
