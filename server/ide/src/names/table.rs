//! The names of tables and columns: where they are given, and in foreign keys, constraints and indexes.

use relmodel_facts::{Argument, Expr};
use relmodel_model::{
    Column, Db, ForeignKey, ForeignKeyTarget, Name, Place, TableId, called, columns_added_to, string_value, table,
    table_items, table_of_foreign_key,
};
use relmodel_rules::Anchor;

use super::member::column_named;
use super::{Occurrence, Spelling, Symbol, length, literal};

/// The names in what declares a table.
#[salsa::tracked(returns(ref))]
pub(crate) fn names_of_table(db: &dyn Db, id: TableId) -> Vec<Occurrence> {
    let mut res = Names { db, id, found: Vec::new() };
    let Some(data) = table(db, id) else { return res.found };
    if let Some(place) = data.name_place {
        res.whole(place, Symbol::Table(id));
    }
    let added = columns_added_to(db, id);
    for column in data.columns.iter().chain(added.iter().map(|it| &it.1)) {
        res.column(column);
        column.foreign_keys.iter().for_each(|it| res.key(column.key, it));
    }
    data.constraints.iter().for_each(|(column, it)| res.key(*column, it));
    for item in table_items(db, id).map(|it| it.items).unwrap_or_default() {
        res.item(item);
    }
    res.found
}

struct Names<'a> {
    db: &'a dyn Db,
    id: TableId,
    found: Vec<Occurrence>,
}

impl Names<'_> {
    fn add(&mut self, symbol: Symbol, at: Anchor, is_literal: bool) {
        self.found.push(Occurrence { symbol, spelling: Spelling::Own, at, is_literal });
    }

    fn whole(&mut self, place: Place, symbol: Symbol) {
        self.add(symbol, Anchor::Expr(place), literal(self.db, place).is_some());
    }

    /// `Column("name", key="key")`: what foreign keys call it, and what the database does.
    fn column(&mut self, column: &Column) {
        let call = column.place;
        let Expr::Call { arguments, .. } = call.expr(self.db) else { return };
        let symbol = Symbol::Column(self.id, column.key);
        for (index, argument) in arguments.iter().enumerate() {
            let value = match argument {
                Argument::Positional(value) if index == 0 => *value,
                Argument::Keyword(keyword, value) if matches!(keyword.name.as_str(), "name" | "key") => *value,
                _ => continue,
            };
            let place = call.with(value);
            match string_value(self.db, place) {
                Some(text) if text == column.key.as_str() => self.whole(place, symbol),
                Some(text) if text == column.name.as_str() => {
                    let is_literal = literal(self.db, place).is_some();
                    let at = Anchor::Expr(place);
                    self.found.push(Occurrence { symbol, spelling: Spelling::Database, at, is_literal });
                }
                _ => {}
            }
        }
    }

    /// `"schema.table.column"`: the table before the last dot, the column behind it.
    fn key(&mut self, column: Name, key: &ForeignKey) {
        let db = self.db;
        let Some(metadata) = table(db, self.id).as_ref().map(|it| it.metadata) else { return };
        let Some(text) = string_value(db, key.place) else { return };
        let (id, column) = match table_of_foreign_key(db, metadata, column, key) {
            ForeignKeyTarget::Column(id, column) => (id, Some(column)),
            ForeignKeyTarget::NoColumn { table, .. } => (table, None),
            _ => return,
        };
        let is_literal = literal(db, key.place).is_some();
        let end = text.rfind('.').unwrap_or(text.len());
        let start = text[..end].rfind('.').map_or(0, |it| it + 1);
        let at = |start: usize, end: usize| {
            if is_literal {
                Anchor::InString(key.place, length(&text[..start]), length(&text[..end]))
            } else {
                Anchor::Expr(key.place)
            }
        };
        self.add(Symbol::Table(id), at(start, end), is_literal);
        if let Some(column) = column.filter(|_| end < text.len()) {
            self.add(Symbol::Column(id, column), at(end + 1, text.len()), is_literal);
        }
    }

    /// The columns that a constraint or an index names.
    fn item(&mut self, place: Place) {
        let Expr::Call { function, arguments } = place.expr(self.db) else { return };
        let Some(name) = called(self.db, place, function) else { return };
        let n_others = match name.as_str() {
            "Index" => 1,
            "UniqueConstraint" | "PrimaryKeyConstraint" => 0,
            "ForeignKeyConstraint" => {
                if let Some(columns) = arguments.first() {
                    self.list(place.with(columns.value()));
                }
                return;
            }
            _ => return,
        };
        let values = arguments.iter().filter_map(|it| match it {
            Argument::Positional(value) => Some(place.with(*value)),
            _ => None,
        });
        values.skip(n_others).for_each(|it| self.named(it));
    }

    fn list(&mut self, place: Place) {
        let parts = place.read(self.db, |_, it| match it {
            Expr::List(parts) | Expr::Tuple(parts) => parts.to_vec(),
            _ => Vec::new(),
        });
        for part in parts {
            self.named(place.with(part));
        }
    }

    fn named(&mut self, place: Place) {
        let Some(name) = literal(self.db, place) else { return };
        if let Some((symbol, _)) = column_named(self.db, self.id, &name) {
            self.add(symbol, Anchor::Expr(place), true);
        }
    }
}
