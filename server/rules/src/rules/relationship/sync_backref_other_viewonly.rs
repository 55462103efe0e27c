//! A relationship is to keep the other side in step, which only views.
//!
//! `sync_backref=True` makes changes on this side appear on the other, and `viewonly=True` there lets none appear.
//! `RelationshipProperty._check_sync_backref` raises when SQLAlchemy configures the mappers.
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
//!     children = relationship("Child", back_populates="parent", viewonly=True)
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id = Column(Integer, primary_key=True)
//!     parent_id = Column(Integer, ForeignKey("parent.id"))
//!     parent = relationship("Parent", back_populates="children", sync_backref=True)
//!     #                                                          ^^^^^^^^^^^^ error: `Child.parent` cannot have `sync_backref=True`, as its other side `Parent.children` has `viewonly=True`; take `sync_backref` away
//! ```
//!
//! ## SQLAlchemy says
//! ```text
//! InvalidRequestError: Relationship Child.parent cannot specify sync_backref=True since Parent.children includes viewonly=True.
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
//!     children = relationship("Child", back_populates="parent", viewonly=True)
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id = Column(Integer, primary_key=True)
//!     parent_id = Column(Integer, ForeignKey("parent.id"))
//!     parent = relationship("Parent", back_populates="children")
//! ```

use relmodel_model::{relationship, reverse};

use crate::prelude::*;
use crate::walker::{attribute_anchor, label};

pub(super) static RULE: Rule = Rule::error(On::Relationship(check));

fn check(it: RelationshipWalker<'_>) -> Option<Finding> {
    let own = it.sides().into_iter().next().filter(|it| it.is_true("sync_backref"))?;
    let is_viewing = |id| relationship(it.db, id).as_ref().is_some_and(|it| it.viewonly == Some(true));
    let written = reverse(it.db, it.id).iter().filter(|id| id.backref_of(it.db).is_none());
    let other = written.copied().find(|it| is_viewing(*it))?;
    let message = format!(
        "`{}` cannot have `sync_backref=True`, as its other side `{}` has `viewonly=True`; take `sync_backref` away",
        own.label(),
        label(it.db, other),
    );
    let res = Finding::new(own.keyword("sync_backref")?, message).with_fix(own.without("sync_backref"));
    Some(match attribute_anchor(it.db, other) {
        Some(at) => res.with_related(at, "only views"),
        None => res,
    })
}
