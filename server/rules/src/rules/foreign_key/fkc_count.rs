//! A `ForeignKeyConstraint` has not as many columns as it refers to.
//!
//! The two lists are read side by side: each column refers to the one at its place in the other list. `ForeignKeyConstraint.__init__`
//! in `sql/schema.py` raises while the module is being imported.
//!
//! ## Wrong
//! ```python
//! from sqlalchemy import Column, ForeignKeyConstraint, Integer
//! from sqlalchemy.orm import declarative_base
//!
//! Base = declarative_base()
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id = Column(Integer, primary_key=True)
//!     part = Column(Integer, primary_key=True)
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id = Column(Integer, primary_key=True)
//!     parent_id = Column(Integer)
//!     parent_part = Column(Integer)
//!     __table_args__ = (ForeignKeyConstraint(["parent_id", "parent_part"], ["parent.id"]),)
//!     #                                                                    ^^^^^^^^^^^^^ error: the `ForeignKeyConstraint` of the table `child` has 2 columns but refers to 1; name one for each
//! ```
//!
//! ## SQLAlchemy says
//! ```text
//! ArgumentError: ForeignKeyConstraint number of constrained columns must match the number of referenced columns.
//! ```
//!
//! ## Right
//! ```python
//! from sqlalchemy import Column, ForeignKeyConstraint, Integer
//! from sqlalchemy.orm import declarative_base
//!
//! Base = declarative_base()
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id = Column(Integer, primary_key=True)
//!     part = Column(Integer, primary_key=True)
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id = Column(Integer, primary_key=True)
//!     parent_id = Column(Integer)
//!     parent_part = Column(Integer)
//!     __table_args__ = (ForeignKeyConstraint(["parent_id", "parent_part"], ["parent.id", "parent.part"]),)
//! ```

use crate::prelude::*;

pub(super) static RULE: Rule = Rule::error(On::TableMany(check));

fn check(it: TableWalker<'_>) -> Vec<Finding> {
    let uneven = it.key_constraints().into_iter().filter(|found| found.columns.len() != found.targets.len());
    uneven
        .map(|found| {
            let message = format!(
                "the `ForeignKeyConstraint` of the table `{}` has {} but refers to {}; name one for each",
                it.label(),
                count(found.columns.len()),
                found.targets.len(),
            );
            Finding::new(Anchor::Expr(found.list), message)
        })
        .collect()
}

fn count(n: usize) -> String {
    if n == 1 { "1 column".to_owned() } else { format!("{n} columns") }
}
