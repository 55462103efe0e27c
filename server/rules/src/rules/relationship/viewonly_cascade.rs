//! A relationship that only views has a cascade that persists.
//!
//! `viewonly=True` writes nothing to the database, so `save-update`, `delete` and `delete-orphan` could do nothing. Release 1.4 raises
//! when the relationship is made (`RelationshipProperty._set_cascade`); later ones pass over these options.
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
//!     children = relationship("Child", viewonly=True, cascade="all")
//!     #                                                        ^^^ error: `Parent.children` has `viewonly=True`, which writes nothing, and a `cascade` that does; take `cascade` away
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id = Column(Integer, primary_key=True)
//!     parent_id = Column(Integer, ForeignKey("parent.id"))
//! ```
//!
//! ## SQLAlchemy says
//! ```text 1.4
//! ArgumentError: Cascade settings "delete, save-update" apply to persistence operations and should not be combined with a viewonly=True relationship.
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

pub(super) static RULE: Rule = Rule::error(On::RelationshipMany(check)).until(SqlAlchemy::V1_4);

fn check(it: RelationshipWalker<'_>) -> Vec<Finding> {
    it.sides().iter().filter_map(found).collect()
}

fn found(it: &SideWalker<'_>) -> Option<Finding> {
    let cascades = it.cascades()?;
    let is_writing = ["save-update", "delete", "delete-orphan"].iter().any(|it| cascades.has(it));
    if !is_writing || !it.is_true("viewonly") {
        return None;
    }
    let message = format!(
        "`{}` has `viewonly=True`, which writes nothing, and a `cascade` that does; take `cascade` away",
        it.label(),
    );
    Some(Finding::new(Anchor::Expr(cascades.place), message).with_fix(it.without("cascade")))
}
