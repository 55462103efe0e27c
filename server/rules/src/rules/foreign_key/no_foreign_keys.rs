//! No foreign key links the tables of a relationship.
//!
//! Without `primaryjoin`, `_determine_joins` in `orm/relationships.py` looks for foreign keys between the table of the parent and
//! the table of the target when SQLAlchemy configures the mappers, and raises when there is none in either table. The names of
//! columns say nothing: an integer named `parent_id` is a foreign key only with `ForeignKey`.
//!
//! ## Wrong
//! ```python
//! from sqlalchemy import Column, Integer
//! from sqlalchemy.orm import declarative_base, relationship
//!
//! Base = declarative_base()
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id = Column(Integer, primary_key=True)
//!     children = relationship("Child")
//!     #          ^^^^^^^^^^^^ error: `Parent.children` cannot be joined, because no foreign key links the tables `parent` and `child`; add a `ForeignKey` to a column of one of them, or `primaryjoin`
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id = Column(Integer, primary_key=True)
//!     parent_id = Column(Integer)
//! ```
//!
//! ## SQLAlchemy says
//! ```text
//! NoForeignKeysError: Could not determine join condition between parent/child tables on relationship Parent.children - there are no foreign keys linking these tables.  Ensure that referencing columns are associated with a ForeignKey or ForeignKeyConstraint, or specify a 'primaryjoin' expression.
//! ```
//!
//! ## Right
//! ```python
//! from sqlalchemy import Column, ForeignKey, Integer
//! from sqlalchemy.orm import declarative_base, relationship
//!
//! Base = declarative_base()
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id = Column(Integer, primary_key=True)
//!     children = relationship("Child")
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id = Column(Integer, primary_key=True)
//!     parent_id = Column(Integer, ForeignKey("parent.id"))
//! ```

use crate::prelude::*;

pub(super) static RULE: Rule = Rule::error(On::Relationship(check));

fn check(it: RelationshipWalker<'_>) -> Option<Finding> {
    let JoinFailure::NoForeignKeys = it.failure()? else { return None };
    let target = it.target()?;
    let (parent_table, target_table) = (it.parent().table()?, target.table()?);
    // Two tables of one name are a fault of their own.
    if parent_table.id != target_table.id && parent_table.label() == target_table.label() {
        return None;
    }
    let message = format!(
        "`{}` cannot be joined, because no foreign key links the tables `{}` and `{}`; add a `ForeignKey` to a column of one of them, or `primaryjoin`",
        it.label(),
        parent_table.label(),
        target_table.label(),
    );
    Some(Finding::new(it.callee_anchor(), message).with_related(Anchor::Class(target.id), "the target class"))
}
