//! The names of tables and columns: where they are given, and in foreign keys, constraints and indexes.

use std::ops::Range;

use relmodel_facts::{Argument, Expr};
use relmodel_model::{
    Column, Db, ForeignKey, ForeignKeyTarget, Name, Origin, Piece, Place, TableId, TableSource, called,
    columns_added_to, pieces, string_value, table, table_items, table_of_foreign_key,
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
        column.foreign_keys.iter().for_each(|it| res.key(column.key, it, Some(column)));
    }
    data.constraints.iter().for_each(|(column, it)| res.key(*column, it, None));
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

/// Where a name in a text that is put together is changed.
enum Source {
    /// Where the table itself has it.
    Table,
    /// In a literal.
    Literal(Anchor),
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
        let symbol = Symbol::Column(self.id, column.key);
        for place in name_places(self.db, column) {
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
    fn key(&mut self, column: Name, key: &ForeignKey, holder: Option<&Column>) {
        let db = self.db;
        let Some(metadata) = table(db, self.id).as_ref().map(|it| it.metadata) else { return };
        let Some(text) = string_value(db, key.place) else { return };
        let (id, column) = match table_of_foreign_key(db, metadata, column, key) {
            ForeignKeyTarget::Column(id, column) => (id, Some(column)),
            ForeignKeyTarget::NoColumn { table, .. } => (table, None),
            _ => return,
        };
        let end = text.rfind('.').unwrap_or(text.len());
        let start = text[..end].rfind('.').map_or(0, |it| it + 1);
        let mut add = |symbol, range: Range<usize>| {
            if literal(db, key.place).is_some() {
                let at = Anchor::InString(key.place, length(&text[..range.start]), length(&text[..range.end]));
                return self.add(symbol, at, true);
            }
            // What the text takes from elsewhere is changed there.
            let source = self.source_of(key.place, range, id, holder);
            let spelling = if source.is_some() { Spelling::Variable } else { Spelling::Own };
            self.found.push(Occurrence { symbol, spelling, at: Anchor::Expr(key.place), is_literal: false });
            if let Some(Source::Literal(at)) = source {
                self.add(symbol, at, true);
            }
        };
        add(Symbol::Table(id), start..end);
        if let Some(column) = column.filter(|_| end < text.len()) {
            add(Symbol::Column(id, column), end + 1..text.len());
        }
    }

    /// Where a part of a foreign key's text that is put together comes from, if it can be changed there: the table of this
    /// name itself, or a literal that the function which makes the column is given for it.
    fn source_of(&self, key: Place, range: Range<usize>, id: TableId, holder: Option<&Column>) -> Option<Source> {
        let mut start = 0;
        let mut pieces = pieces(self.db, key)?.into_iter().filter(|it| !it.text.is_empty());
        let piece = pieces.find(|it| {
            start += it.text.len();
            start > range.start
        })?;
        let start = start - piece.text.len();
        if range.end > start + piece.text.len() {
            return None;
        }
        match piece.origin {
            Origin::Table(table) if table == id && range == (start..start + piece.text.len()) => Some(Source::Table),
            Origin::Literal(literal) if self.is_given_for(literal, key, holder?) => {
                let at = |offset: usize| length(&piece.text[..offset - start]);
                Some(Source::Literal(Anchor::InString(literal, at(range.start), at(range.end))))
            }
            _ => None,
        }
    }

    /// Whether a literal is an argument of the call that makes a column of a class, and says nothing of the column's own name.
    fn is_given_for(&self, literal: Place, key: Place, holder: &Column) -> bool {
        let db = self.db;
        let TableSource::Class(class) = self.id.source(db) else { return false };
        let scope = key.scope.filter(|it| class.scope(db) != Some(*it));
        let Some(call) = scope.and_then(|it| it.call(db)) else { return false };
        let Expr::Call { arguments, .. } = call.expr(db) else { return false };
        let is_given = arguments.iter().any(|it| call.with(it.value()) == literal);
        let may_name = |it: &Piece| it.origin == Origin::Other || it.origin == Origin::Literal(literal);
        let is_named_by = |it: Place| pieces(db, it).is_some_and(|it| it.iter().any(may_name));
        is_given && !name_places(db, holder).into_iter().any(is_named_by)
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

/// The arguments of a column's call that may say its name or key.
fn name_places(db: &dyn Db, column: &Column) -> Vec<Place> {
    let call = column.place;
    let Expr::Call { arguments, .. } = call.expr(db) else { return Vec::new() };
    let value = |(index, argument): (usize, &Argument)| match argument {
        Argument::Positional(value) if index == 0 => Some(call.with(*value)),
        Argument::Keyword(keyword, value) if matches!(keyword.name.as_str(), "name" | "key") => Some(call.with(*value)),
        _ => None,
    };
    arguments.iter().enumerate().filter_map(value).collect()
}
