//! `cascade_backrefs=True` is given.
//!
//! Until 1.4 an object was taken into the session of another one when a backref linked the two. Since 2.0 it never is, the parameter is
//! kept for the value `False` alone, and `relationship()` raises for others while the module is being imported.
//!
//! ## Wrong
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
//!     children = relationship("Child", cascade_backrefs=True)
//!     #                                ^^^^^^^^^^^^^^^^ error: `cascade_backrefs` on `Parent.children` can only be `False` since SQLAlchemy 2.0; take it away
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id = Column(Integer, primary_key=True)
//!     parent_id = Column(Integer, ForeignKey("parent.id"))
//! ```
//!
//! ## SQLAlchemy says
//! ```text 2.0 2.1
//! ArgumentError: The 'cascade_backrefs' parameter passed to relationship() may only be set to False.
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

pub(super) static RULE: Rule = Rule::error(On::RelationshipMany(check)).since(SqlAlchemy::V2_0);

fn check(it: RelationshipWalker<'_>) -> Vec<Finding> {
    it.sides().iter().filter_map(found).collect()
}

fn found(it: &SideWalker<'_>) -> Option<Finding> {
    if !it.is_true("cascade_backrefs") {
        return None;
    }
    let message =
        format!("`cascade_backrefs` on `{}` can only be `False` since SQLAlchemy 2.0; take it away", it.label());
    Some(Finding::new(it.keyword("cascade_backrefs")?, message).with_fix(it.without("cascade_backrefs")))
}
