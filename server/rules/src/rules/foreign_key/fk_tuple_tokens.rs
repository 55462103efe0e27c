//! A foreign key is given as a tuple that has neither two nor three parts.
//!
//! Since 2.1 a `ForeignKey` takes a tuple of the table and the column, or of the schema, the table and the column.
//! `ForeignKeyTarget._from_argument` in `sql/schema.py` raises for any other, while the module is being imported.
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
//!     parent_id = Column(Integer, ForeignKey(("app", "main", "parent", "id")))
//!     #                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: the foreign key of `child.parent_id` is a tuple of 4; write `(table, column)` or `(schema, table, column)`
//! ```
//!
//! ## SQLAlchemy says
//! ```text 2.1
//! ArgumentError: ForeignKey target given as a tuple must have two tokens (table_name, column_name) or three tokens (schema, table_name, column_name); got 4
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

use relmodel_facts::Expr;

use crate::prelude::*;

pub(super) static RULE: Rule = Rule::error(On::ForeignKey(check)).since(SqlAlchemy::V2_1);

fn check(it: ForeignKeyWalker<'_>) -> Option<Finding> {
    let place = it.key.place;
    let Expr::Tuple(parts) = place.expr(it.table.db) else { return None };
    let is_seen = |part: Expr| !matches!(part, Expr::Starred(_) | Expr::Missing);
    if matches!(parts.len(), 2 | 3) || !parts.iter().all(|part| is_seen(place.with(*part).expr(it.table.db))) {
        return None;
    }
    let message = format!(
        "the foreign key of `{}` is a tuple of {}; write `(table, column)` or `(schema, table, column)`",
        it.label(),
        parts.len(),
    );
    Some(Finding::new(Anchor::Expr(place), message))
}
