//! Hover: a card of the relationship, class, table or column under the cursor. What each card says stands in the files
//! below `hover/`.

mod class;
mod column;
mod relationship;

use std::fmt::Write as _;

use relmodel_syntax::TextRange;

use crate::analysis::{Analysis, Cancelled, FileId, guarded};
use crate::definition::Target;
use crate::names::Symbol;

/// What is shown for the name under the cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hover {
    /// The name under the cursor, in bytes.
    pub range: TextRange,
    /// The card.
    pub card: Card,
}

/// What is told about a symbol, in Markdown, with links to places.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Card {
    /// Links in it lead to `#0`, `#1` and so on.
    text: String,
    links: Vec<Target>,
}

impl Card {
    /// The card in Markdown. `address` says where a link leads; what has no address is no link.
    #[must_use]
    pub fn markdown(&self, address: impl Fn(&Target) -> Option<String>) -> String {
        let mut res = self.text.clone();
        // From behind, for `#1` is in `#10` too.
        for (index, target) in self.links.iter().enumerate().rev() {
            let mark = format!("](#{index})");
            let Some(end) = res.find(&mark) else { continue };
            let mark = end..end + mark.len();
            if let Some(address) = address(target) {
                res.replace_range(mark, &format!("]({address})"));
                continue;
            }
            res.replace_range(mark, "");
            if let Some(start) = res[..end].rfind('[') {
                res.remove(start);
            }
        }
        res
    }

    /// The card without links.
    #[must_use]
    pub fn plain(&self) -> String {
        self.markdown(|_| None)
    }
}

impl Analysis {
    /// The card for the name at `offset`; `None` if it means nothing to SQLAlchemy.
    ///
    /// # Errors
    /// [`Cancelled`] when a change comes in meanwhile.
    pub fn hover(&self, file: FileId, offset: u32) -> Result<Option<Hover>, Cancelled> {
        guarded(|| {
            let named = self.named_at(file.0, offset)?;
            Some(Hover { range: named.range, card: self.card(&named.symbol)? })
        })
    }

    /// The card of a symbol.
    pub(crate) fn card(&self, symbol: &Symbol) -> Option<Card> {
        let mut writer = Writer { analysis: self, card: Card::default() };
        match *symbol {
            Symbol::Class(class) => writer.class(class),
            Symbol::Relationship(id) => writer.relationship(id),
            Symbol::Table(id) => writer.table(id),
            Symbol::Column(id, key) => writer.column(id, key),
            Symbol::Attribute(class, name) => {
                let class = class.name(&self.db);
                writer.line(format_args!("```python\n{class}.{name}\n```"));
                Some(())
            }
        }?;
        Some(writer.card)
    }
}

/// A card on its way.
struct Writer<'a> {
    analysis: &'a Analysis,
    card: Card,
}

impl Writer<'_> {
    fn line(&mut self, text: impl std::fmt::Display) {
        let _ = writeln!(self.card.text, "{text}");
    }

    /// A name that leads to where its symbol is defined.
    fn link(&mut self, label: impl std::fmt::Display, symbol: &Symbol) -> String {
        match self.analysis.target_of(symbol) {
            Some(target) => {
                self.card.links.push(target);
                format!("[`{label}`](#{})", self.card.links.len() - 1)
            }
            None => format!("`{label}`"),
        }
    }
}
