//! The `ForeignKeyConstraint(...)` calls of a table, by their two lists.

use relmodel_facts::Expr;
use relmodel_model::{Db, Place};

use super::{Call, TableWalker};

/// A `ForeignKeyConstraint(...)` whose two lists are written out.
pub(crate) struct KeyConstraint {
    /// The columns that it is of, as they are written.
    pub(crate) columns: Vec<Place>,
    /// The columns that it refers to, as they are written.
    pub(crate) targets: Vec<Place>,
    /// The list of those.
    pub(crate) list: Place,
}

impl TableWalker<'_> {
    /// The constraints among its items whose lists can be told.
    pub(crate) fn key_constraints(self) -> Vec<KeyConstraint> {
        let calls = self.items().into_iter().filter_map(|place| Call::reached(self.db, place));
        calls.filter(|it| it.name == "ForeignKeyConstraint").filter_map(|it| constraint(self.db, &it)).collect()
    }
}

fn constraint(db: &dyn Db, call: &Call) -> Option<KeyConstraint> {
    let columns = elements(db, call.leading(0).or_else(|| call.keyword("columns"))?)?;
    let list = call.leading(1).or_else(|| call.keyword("refcolumns"))?;
    Some(KeyConstraint { columns, targets: elements(db, list)?, list })
}

/// The elements of a list that is written out, and complete.
fn elements(db: &dyn Db, place: Place) -> Option<Vec<Place>> {
    let (Expr::List(elements) | Expr::Tuple(elements)) = place.expr(db) else { return None };
    let elements: Vec<Place> = elements.iter().map(|it| place.with(*it)).collect();
    let is_seen = |it: &Place| !matches!(it.expr(db), Expr::Starred(_) | Expr::Missing);
    elements.iter().all(is_seen).then_some(elements)
}
