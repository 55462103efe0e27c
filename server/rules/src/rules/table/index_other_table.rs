//! An `Index` in a table is over columns of another table.
//!
//! `Index._set_parent` raises when it joins a table that its columns do not belong to, while the module is being imported.
//!
//! ## Wrong
//! ```python
//! from sqlalchemy import Column, Index, Integer, String
//! from sqlalchemy.orm import declarative_base
//!
//! Base = declarative_base()
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id = Column(Integer, primary_key=True)
//!     name = Column(String)
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id = Column(Integer, primary_key=True)
//!     name = Column(String)
//!     __table_args__ = (Index("ix_name", Child.name),)
//!     #                                  ^^^^^^^^^^ error: an index of the table `parent` cannot be over a column of `child`; name the columns as strings
//! ```
//!
//! ## SQLAlchemy says
//! ```text
//! ArgumentError: Index 'ix_name' is against table 'child', and cannot be associated with table 'parent'.
//! ```
//!
//! ## Right
//! ```python
//! from sqlalchemy import Column, Index, Integer, String
//! from sqlalchemy.orm import declarative_base
//!
//! Base = declarative_base()
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id = Column(Integer, primary_key=True)
//!     name = Column(String)
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id = Column(Integer, primary_key=True)
//!     name = Column(String)
//!     __table_args__ = (Index("ix_name", "name"),)
//! ```

use relmodel_model::Place;

use crate::prelude::*;
use crate::walker::Call;

pub(super) static RULE: Rule = Rule::error(On::TableMany(check));

fn check(it: TableWalker<'_>) -> Vec<Finding> {
    let indexes =
        it.items().into_iter().filter_map(|place| Call::reached(it.db, place)).filter(|it| it.name == "Index");
    indexes
        .flat_map(|index| index.positional().skip(1).filter_map(|place| other_table(it, place)).collect::<Vec<_>>())
        .collect()
}

fn other_table(it: TableWalker<'_>, place: Place) -> Option<Finding> {
    let owner = it.table_of_column(place).filter(|owner| owner.id != it.id)?;
    let message = format!(
        "an index of the table `{}` cannot be over a column of `{}`; name the columns as strings",
        it.label(),
        owner.label(),
    );
    Some(Finding::new(Anchor::Expr(place), message))
}
