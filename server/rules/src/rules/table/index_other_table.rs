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

use relmodel_model::{Place, Spec, TableId, mapped, member, reference};

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
    let owner = table_of(it, place).filter(|owner| *owner != it.id)?;
    let owner = TableWalker::new(it.db, owner)?;
    let message = format!(
        "an index of the table `{}` cannot be over a column of `{}`; name the columns as strings",
        it.label(),
        owner.label(),
    );
    Some(Finding::new(Anchor::Expr(place), message))
}

/// The table of the column that an expression means.
fn table_of(it: TableWalker<'_>, place: Place) -> Option<TableId> {
    match reference(it.db, place)? {
        Spec::Attribute(class, name) => {
            // In a class that is still being made, the names of columns mean no class's attributes.
            let (owner, found) = member(it.db, class, name)?;
            let is_column = matches!(found.kind, MemberKind::Column(_)) && Some(class) != it.class();
            mapped(it.db, owner).as_ref()?.table.filter(|_| is_column)
        }
        Spec::Column(table, _) => Some(table),
        _ => None,
    }
}
