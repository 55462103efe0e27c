//! Semantic tokens: the names that stand in strings, which no server for Python alone can tell from text.

use relmodel_syntax::TextRange;

use crate::analysis::{Analysis, Cancelled, FileId, guarded};
use crate::names::{Named, Symbol};

/// A name in a string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// The name, in bytes.
    pub range: TextRange,
    /// What it means.
    pub kind: TokenKind,
}

/// What a name in a string means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// A mapped class.
    Class,
    /// An attribute of a mapped class, or a column.
    Property,
    /// A table.
    Table,
}

impl Analysis {
    /// The names that stand in the strings of a file, in order and without overlap.
    ///
    /// # Errors
    /// [`Cancelled`] when a change comes in meanwhile.
    pub fn tokens(&self, file: FileId) -> Result<Vec<Token>, Cancelled> {
        guarded(|| {
            let strings = self.string_ranges(file);
            let is_in_string = |it: &Named| {
                let index = strings.partition_point(|string| string.end < it.range.end);
                strings.get(index).is_some_and(|string| string.start <= it.range.start)
            };
            let names = self.told_in(file.0, None).into_iter().filter(|it| it.is_literal && is_in_string(it));
            let mut res: Vec<Token> = names.map(|it| Token { range: it.range, kind: kind(&it.symbol) }).collect();
            res.sort_by_key(|it| (it.range.start, it.range.end));
            res.dedup_by(|next, before| next.range.start < before.range.end || next.range == before.range);
            res.retain(|it| !it.range.is_empty());
            res
        })
    }

    /// Where the contents of strings stand, in order.
    fn string_ranges(&self, file: FileId) -> Vec<TextRange> {
        let Some(state) = self.files.get(&file.0) else { return Vec::new() };
        let items = state.extracted.map.items.iter();
        let pieces = items.flat_map(|(start, map)| map.pieces.iter().map(|it| it.range.shifted(*start)));
        let mut res: Vec<TextRange> = pieces.collect();
        res.sort_by_key(|it| (it.end, it.start));
        res
    }
}

fn kind(symbol: &Symbol) -> TokenKind {
    match symbol {
        Symbol::Class(_) => TokenKind::Class,
        Symbol::Table(_) => TokenKind::Table,
        Symbol::Relationship(_) | Symbol::Attribute(..) | Symbol::Column(..) => TokenKind::Property,
    }
}
