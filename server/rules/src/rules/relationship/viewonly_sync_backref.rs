//! A relationship that only views is told to keep the other side in step.
//!
//! `sync_backref=True` makes changes on this side appear on the other, and with `viewonly=True` there are none to be made.
//! `relationship()` raises at once, while the module is being imported.
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
//!     children = relationship("Child", viewonly=True, sync_backref=True)
//!     #                                               ^^^^^^^^^^^^ error: `Parent.children` has `viewonly=True`, so that `sync_backref` cannot be true; take `sync_backref` away
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
//! ArgumentError: sync_backref and viewonly cannot both be True
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
//!     children = relationship("Child", viewonly=True)
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id = Column(Integer, primary_key=True)
//!     parent_id = Column(Integer, ForeignKey("parent.id"))
//! ```

use crate::prelude::*;

pub(super) static RULE: Rule = Rule::error(On::RelationshipMany(check));

fn check(it: RelationshipWalker<'_>) -> Vec<Finding> {
    it.sides().iter().filter_map(found).collect()
}

fn found(it: &SideWalker<'_>) -> Option<Finding> {
    if !it.is_true("viewonly") || !it.is_true("sync_backref") {
        return None;
    }
    let message =
        format!("`{}` has `viewonly=True`, so that `sync_backref` cannot be true; take `sync_backref` away", it.label());
    Some(Finding::new(it.keyword("sync_backref")?, message).with_fix(it.without("sync_backref")))
}
