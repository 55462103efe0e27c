//! `delete-orphan` is given without `delete`.
//!
//! An object that is deleted when its parent lets it go is deleted with the parent too: `CascadeOptions` in `orm/util.py` warns when the
//! first is asked for without the second. `all` includes `delete`, but not `delete-orphan`.
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
//!     children = relationship("Child", cascade="save-update, delete-orphan")
//!     #                                         ^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: `Parent.children` has `delete-orphan` without `delete`; add `delete`, or write `all, delete-orphan`
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
//! SAWarning: The 'delete-orphan' cascade option requires 'delete'.
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
//!     children = relationship("Child", cascade="all, delete-orphan")
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id = Column(Integer, primary_key=True)
//!     parent_id = Column(Integer, ForeignKey("parent.id"))
//! ```

use crate::fix::Change;
use crate::prelude::*;

pub(super) static RULE: Rule = Rule::warning(On::RelationshipMany(check));

fn check(it: RelationshipWalker<'_>) -> Vec<Finding> {
    it.sides().iter().filter_map(found).collect()
}

fn found(it: &SideWalker<'_>) -> Option<Finding> {
    let cascades = it.cascades()?;
    if !cascades.has("delete-orphan") || cascades.has("delete") {
        return None;
    }
    let message =
        format!("`{}` has `delete-orphan` without `delete`; add `delete`, or write `all, delete-orphan`", it.label());
    let fix = it.call_with("cascade").zip(cascades.with("delete")).map(|(call, value)| {
        Fix::risky("Add `delete`", vec![Change::SetArgument { call, name: "cascade", value: format!("\"{value}\"") }])
    });
    Some(Finding::new(Anchor::Expr(cascades.place), message).with_fix(fix))
}
