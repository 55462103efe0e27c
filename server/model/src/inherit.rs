//! How the table of a class is joined to that of the class it inherits from (`Mapper._configure_inheritance`).

use crate::condition::ColumnRef;
use crate::db::{ClassId, Db, TableSource};
use crate::failure::JoinFailure;
use crate::mapper_arguments::arguments_of_mapper;
use crate::mappers::{Inheritance, inheritance, mapped};
use crate::member::members;
use crate::scan::{Scan, Side, has_broken_key, scan};
use crate::tables::table;

/// Why SQLAlchemy finds no join between the table of a class and that of its mapped parent, unless the cause is a foreign
/// key that leads nowhere.
pub fn inherit_failure(db: &dyn Db, class: ClassId) -> Option<JoinFailure> {
    let own = mapped(db, class).as_ref()?;
    let (own, parent) = (own.table?, mapped(db, own.inherits?).as_ref()?.table?);
    let arguments = arguments_of_mapper(db, class);
    let is_told = arguments.is_open || arguments.get("inherit_condition").is_some();
    if is_told || own == parent || inheritance(db, class) != Inheritance::Joined {
        return None;
    }
    if [own, parent].iter().any(|it| has_broken_key(db, *it)) {
        return None;
    }
    let side = |tables| Side { class: None, tables };
    match scan(db, side(&[parent]), side(&[own]), None) {
        Scan::None => Some(JoinFailure::NoForeignKeys),
        Scan::Several(columns) if columns.iter().all(|it| is_there(db, *it)) => Some(JoinFailure::Ambiguous(columns)),
        _ => None,
    }
}

/// Whether a column surely belongs to its table when the table is made: what is set behind a class, or added by a class
/// that shares the table, comes later.
fn is_there(db: &dyn Db, column: ColumnRef) -> bool {
    let Some(table) = table(db, column.table) else { return false };
    let Some(found) = table.column(column.key.as_str()) else { return false };
    match column.table.source(db) {
        TableSource::Call(_) => true,
        TableSource::Class(class) => members(db, class).iter().any(|it| it.name == found.attribute && it.at.is_some()),
    }
}
