//! A `ForeignKey` refers to a table that its metadata does not have.
//!
//! The string is kept as it is until something asks for the column behind it: `ForeignKey.column` then raises, at the first use
//! such as `create_all()` or a join, since configuring the mappers does not need it. Where a relationship goes by this foreign
//! key, SQLAlchemy says instead that no foreign key links the tables. The table is looked up by its name, not by the class.
//!
//! ## Wrong
//! ```python
//! from sqlalchemy import Column, ForeignKey, Integer
//! from sqlalchemy.orm import declarative_base
//!
//! Base = declarative_base()
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id = Column(Integer, primary_key=True)
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id = Column(Integer, primary_key=True)
//!     parent_id = Column(Integer, ForeignKey("parents.id"))
//!     #                                       ^^^^^^^ error: `child.parent_id` refers to the table `parents`, but the metadata has none of that name; did you mean `parent`?
//! ```
//!
//! ## SQLAlchemy says
//! ```text
//! NoReferencedTableError: Foreign key associated with column 'child.parent_id' could not find table 'parents' with which to generate a foreign key to target column 'id'
//! ```
//!
//! ## Right
//! ```python
//! from sqlalchemy import Column, ForeignKey, Integer
//! from sqlalchemy.orm import declarative_base
//!
//! Base = declarative_base()
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id = Column(Integer, primary_key=True)
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id = Column(Integer, primary_key=True)
//!     parent_id = Column(Integer, ForeignKey("parent.id"))
//! ```

use relmodel_model::{has_mapped_classes, is_migration};

use crate::prelude::*;
use crate::suggest::table_candidates;

pub(super) static RULE: Rule = Rule::error(On::ForeignKey(check));

fn check(it: ForeignKeyWalker<'_>) -> Option<Finding> {
    let ForeignKeyTarget::NoTable { table } = it.target() else { return None };
    let is_partial = is_migration(it.table.db, it.table.id.file(it.table.db));
    if is_partial || !has_mapped_classes(it.table.db, it.table.data.metadata) {
        return None;
    }
    let Spec::Text(text) = &it.key.spec else { return None };
    let written = text.rsplit_once('.').map_or(text.as_str(), |parts| parts.0);
    let meant = meant(it, &table);
    let message =
        format!("`{}` refers to the table `{table}`, but the metadata has none of that name{meant}", it.label());
    let end = u32::try_from(written.len()).unwrap_or(u32::MAX);
    let at = Anchor::InString(it.key.place, 0, end);
    Some(Finding::new(at, message).with_fix(meant.fix(at)))
}

/// The nearest table: by its key, by its name without the schema, or by the name of the class that it belongs to.
fn meant(it: ForeignKeyWalker<'_>, table: &str) -> Suggestion {
    let db = it.table.db;
    let metadata = it.table.data.metadata;
    let keys = table_candidates(db, metadata);
    let is_it = |it: &&str| it.rsplit_once('.').is_some_and(|parts| parts.1 == table);
    if let Some(qualified) = keys.longer_than(table).find(is_it) {
        return Suggestion::of(table, qualified);
    }
    let near = keys.meant_by(table);
    let of_class = || relmodel_model::table_key_of_class(db, metadata, table);
    if near.is_empty() { near.or(of_class().map(|it| it.as_str())) } else { near }
}
