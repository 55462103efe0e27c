//! The foreign keys between tables, and which constraint joins two sides (`Join._join_condition`).

use crate::column::{ConstraintId, ForeignKeyTarget};
use crate::condition::{ColumnRef, Equality};
use crate::db::{ClassId, Db, TableId};
use crate::tables::{columns_of_single_tables, table, table_of_foreign_key};

/// A foreign key of a table, resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResolvedKey {
    /// The column that holds it.
    pub column: ColumnRef,
    /// Where it leads.
    pub target: ForeignKeyTarget,
    /// The constraint that it belongs to.
    pub constraint: ConstraintId,
    /// The class that adds the column to the table of the class it inherits from.
    pub added_by: Option<ClassId>,
}

/// The foreign keys of a table and whether it may have more.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TableKeys {
    /// The keys that were read.
    pub keys: Vec<ResolvedKey>,
    /// Whether there may be keys that cannot be seen or followed.
    pub is_open: bool,
}

/// The foreign keys of a table, each followed to the column it refers to.
#[salsa::tracked(returns(ref))]
pub fn table_keys_of(db: &dyn Db, id: TableId) -> TableKeys {
    let Some(table) = table(db, id) else { return TableKeys { keys: Vec::new(), is_open: true } };
    let mut res = TableKeys { keys: Vec::new(), is_open: table.is_open || table.columns.iter().any(|it| it.is_open) };
    let added = columns_of_single_tables(db, id);
    res.is_open |= added.iter().any(|it| it.1.is_open);
    let added = added.iter().flat_map(|(class, it)| it.foreign_keys.iter().map(|key| (Some(*class), it.key, key)));
    let own = table.foreign_keys().map(|(column, key)| (None, column, key));
    for (added_by, column, key) in own.chain(added) {
        let target = table_of_foreign_key(db, table.metadata, column, key);
        res.is_open |= target == ForeignKeyTarget::Unknown;
        let column = ColumnRef { table: id, key: column };
        res.keys.push(ResolvedKey { column, target, constraint: key.constraint, added_by });
    }
    res.keys.shrink_to_fit();
    res
}

/// Whether a table holds a foreign key that leads nowhere: then a failed join is only the consequence.
pub fn has_broken_key(db: &dyn Db, id: TableId) -> bool {
    let is_broken =
        |it: &ResolvedKey| matches!(it.target, ForeignKeyTarget::NoTable { .. } | ForeignKeyTarget::NoColumn { .. });
    table_keys_of(db, id).keys.iter().any(is_broken)
}

/// One side: a class with its own table and those it joins, or an association table.
#[derive(Clone, Copy)]
pub(crate) struct Side<'a> {
    pub(crate) class: Option<ClassId>,
    pub(crate) tables: &'a [TableId],
}

impl Side<'_> {
    pub(crate) fn has(&self, column: ColumnRef) -> bool {
        self.tables.contains(&column.table)
    }

    /// Whether the side has a key. A joined class does not have the columns that a later class adds to a table which
    /// it joins.
    fn sees(&self, db: &dyn Db, key: &ResolvedKey) -> bool {
        match (key.added_by, self.class) {
            (Some(adding), Some(class)) if self.tables.first() != Some(&key.column.table) => {
                comes_before(db, adding, class)
            }
            _ => true,
        }
    }
}

/// Whether a class stands before another one, as far as that can be told.
fn comes_before(db: &dyn Db, first: ClassId, second: ClassId) -> bool {
    let place = |it: ClassId| (it.item(db).nth(db), it.index(db));
    first.file(db) == second.file(db) && place(first) < place(second)
}

/// The outcome of [`scan`].
pub(crate) enum Scan {
    Found(Vec<Equality>),
    None,
    Several(Vec<ColumnRef>),
    Unknown,
}

/// Finds the one foreign key constraint between two sides (`Join._join_condition`). The first table of `a` is tried
/// alone before all of them together.
pub(crate) fn scan(db: &dyn Db, a: Side<'_>, b: Side<'_>, consider: Option<&[ColumnRef]>) -> Scan {
    let mut constraints: Vec<(ConstraintId, Vec<(ColumnRef, ColumnRef)>)> = Vec::new();
    for tables in [a.tables.get(..1).unwrap_or_default(), a.tables] {
        let left = Side { tables, ..a };
        collect_keys(db, b, left, consider, &mut constraints);
        if left.tables != b.tables {
            collect_keys(db, left, b, consider, &mut constraints);
        }
        if !constraints.is_empty() {
            break;
        }
    }
    let is_open = || a.tables.iter().chain(b.tables).any(|it| table_keys_of(db, *it).is_open);
    if constraints.len() > 1 {
        if let Some(columns) = consider {
            constraints.retain(|(_, pairs)| {
                pairs.len() == columns.len() && pairs.iter().all(|(_, key)| columns.contains(key))
            });
        }
        // Constraints that compare the same columns are one.
        let mut seen: Vec<Vec<(ColumnRef, ColumnRef)>> = Vec::new();
        constraints.retain(|(_, pairs)| {
            let is_new = !seen.contains(pairs);
            seen.push(pairs.clone());
            is_new
        });
    }
    match constraints.as_slice() {
        [] if is_open() => Scan::Unknown,
        [] => Scan::None,
        [(_, pairs)] => Scan::Found(pairs.iter().map(|&(referred, key)| Equality::of_key(referred, key)).collect()),
        several => Scan::Several(several.iter().flat_map(|it| it.1.iter().map(|pair| pair.1)).collect()),
    }
}

/// Adds the foreign keys from the tables `from` to the tables `to`, grouped by constraint.
fn collect_keys(
    db: &dyn Db,
    from: Side<'_>,
    to: Side<'_>,
    consider: Option<&[ColumnRef]>,
    out: &mut Vec<(ConstraintId, Vec<(ColumnRef, ColumnRef)>)>,
) {
    for &id in from.tables {
        for key in &table_keys_of(db, id).keys {
            if consider.is_some_and(|it| !it.contains(&key.column)) || !from.sees(db, key) {
                continue;
            }
            let ForeignKeyTarget::Column(table, column) = key.target else { continue };
            if !to.tables.contains(&table) {
                continue;
            }
            let pair = (ColumnRef { table, key: column }, key.column);
            match out.iter_mut().find(|it| it.0 == key.constraint) {
                Some((_, pairs)) => pairs.push(pair),
                None => out.push((key.constraint, vec![pair])),
            }
        }
    }
}
