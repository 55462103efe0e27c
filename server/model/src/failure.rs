//! Why SQLAlchemy refuses to join the two sides of a relationship (`orm/relationships.py`, `JoinCondition`).

use crate::condition::{ColumnRef, Equality};
use crate::db::{ClassId, Db, TableId};
use crate::declarations::Declaration;
use crate::join::{Copied, has_foreign};
use crate::relationships::viewonly;

/// Why SQLAlchemy finds no join.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JoinFailure {
    /// `NoForeignKeysError`
    NoForeignKeys,
    /// `AmbiguousForeignKeysError`, and the columns that hold the foreign keys.
    Ambiguous(Vec<ColumnRef>),
    /// `NoForeignKeysError` between the association table and this class's table.
    NoForeignKeysSecondary(TableId, ClassId),
    /// `AmbiguousForeignKeysError` between the association table and a side.
    AmbiguousSecondary(TableId, Vec<ColumnRef>),
    /// None of the columns that the condition in this argument compares is a foreign one.
    NoForeignColumns(&'static str, Vec<ColumnRef>),
    /// The condition in this argument compares no foreign column by `==` with another one of the two tables.
    NoSimpleEquality(&'static str, Vec<ColumnRef>),
    /// There are foreign columns on both sides, local and remote ones.
    BothSides(Vec<ColumnRef>),
    /// None of the foreign columns lies in a table of the two sides.
    NeitherSide(Vec<ColumnRef>),
    /// No comparison is between a local and a remote column.
    NoPairs,
}

/// What `_check_foreign_cols` looks at: a condition with its foreign columns marked.
pub(crate) struct ForeignFault<'a> {
    pub(crate) db: &'a dyn Db,
    pub(crate) declaration: &'a Declaration,
    /// The argument that may hold the condition.
    pub(crate) argument: &'static str,
    pub(crate) equalities: &'a [Equality],
    pub(crate) copies: &'a Option<Vec<Copied>>,
}

impl ForeignFault<'_> {
    /// What is wrong with the condition, if one is written.
    pub(crate) fn find(&self) -> Option<JoinFailure> {
        if !self.declaration.has(self.db, self.argument) {
            return None;
        }
        let columns = |only_foreign: bool| {
            let mut res = Vec::new();
            for end in self.equalities.iter().flat_map(Equality::ends).filter(|it| it.is_foreign || !only_foreign) {
                if !res.contains(&end.column) {
                    res.push(end.column);
                }
            }
            res
        };
        let is_viewonly = viewonly(self.db, self.declaration)?;
        if !has_foreign(self.equalities) {
            return Some(JoinFailure::NoForeignColumns(self.argument, columns(false)));
        }
        let writes = !self.copies.as_ref()?.is_empty();
        (!is_viewonly && !writes).then(|| JoinFailure::NoSimpleEquality(self.argument, columns(true)))
    }
}
