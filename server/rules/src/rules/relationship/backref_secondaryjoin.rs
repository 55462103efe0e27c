//! The `backref(...)` of a relationship without `secondary` has a `secondaryjoin`.
//!
//! A second join leads from an association table to the target, and there is no such table.
//! `RelationshipProperty._generate_backref` raises when SQLAlchemy configures the mappers.
//!
//! ## Wrong
//! ```python
//! from sqlalchemy import Column, ForeignKey, Integer
//! from sqlalchemy.orm import backref, declarative_base, relationship
//!
//! Base = declarative_base()
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id = Column(Integer, primary_key=True)
//!     children = relationship("Child", backref=backref("parent", secondaryjoin="Child.parent_id == Parent.id"))
//!     #                                                          ^^^^^^^^^^^^^ error: `Parent.children` has no `secondary`, so that its backref cannot have a `secondaryjoin`; write `primaryjoin`
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id = Column(Integer, primary_key=True)
//!     parent_id = Column(Integer, ForeignKey("parent.id"))
//! ```
//!
//! ## SQLAlchemy says
//! ```text
//! InvalidRequestError: Can't assign 'secondaryjoin' on a backref against a non-secondary relationship.
//! ```
//!
//! ## Right
//! ```python
//! from sqlalchemy import Column, ForeignKey, Integer
//! from sqlalchemy.orm import backref, declarative_base, relationship
//!
//! Base = declarative_base()
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id = Column(Integer, primary_key=True)
//!     children = relationship("Child", backref=backref("parent", primaryjoin="Child.parent_id == Parent.id"))
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
    let sides = it.sides();
    let backref = sides.get(1)?;
    if it.data.secondary != Secondary::None || !backref.declaration.has(it.db, "secondaryjoin") {
        return None;
    }
    let message = format!(
        "`{}` has no `secondary`, so that its backref cannot have a `secondaryjoin`; write `primaryjoin`",
        it.label(),
    );
    Some(Finding::new(backref.keyword("secondaryjoin")?, message))
}
