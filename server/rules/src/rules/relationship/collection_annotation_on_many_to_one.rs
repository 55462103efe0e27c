//! A many-to-one relationship is annotated as a collection.
//!
//! The foreign key lies on this side, so an object has one other object at most. SQLAlchemy goes by that, whatever the annotation says: the
//! attribute is the object itself or `None`, and nothing is said. A `primaryjoin` may lead to several objects and is not looked at.
//!
//! ## Wrong
//! ```python
//! from sqlalchemy import ForeignKey
//! from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
//!
//!
//! class Base(DeclarativeBase):
//!     pass
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id: Mapped[int] = mapped_column(primary_key=True)
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id: Mapped[int] = mapped_column(primary_key=True)
//!     parent_id: Mapped[int] = mapped_column(ForeignKey("parent.id"))
//!     parent: Mapped[list["Parent"]] = relationship()
//!     #              ^^^^^^^^^^^^^^ hint: `Child.parent` is many-to-one, so it holds a single object and no collection; leave the collection out of the annotation
//! ```
//!
//! ## SQLAlchemy says
//! ```text 2.0 2.1
//!
//! ```
//!
//! ## Right
//! ```python
//! from sqlalchemy import ForeignKey
//! from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
//!
//!
//! class Base(DeclarativeBase):
//!     pass
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id: Mapped[int] = mapped_column(primary_key=True)
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id: Mapped[int] = mapped_column(primary_key=True)
//!     parent_id: Mapped[int] = mapped_column(ForeignKey("parent.id"))
//!     parent: Mapped["Parent"] = relationship()
//! ```

use relmodel_facts::Expr;
use relmodel_model::{Direction, Place, annotates_collection};

use crate::fix::Change;
use crate::prelude::*;

pub(super) static RULE: Rule = Rule::hint(On::Relationship(check)).since(SqlAlchemy::V2_0);

fn check(it: RelationshipWalker<'_>) -> Option<Finding> {
    let annotation = it.declaration.annotation?;
    let is_plain = !it.declaration.is_dynamic
        && !it.declaration.is_open
        && ["primaryjoin", "uselist"].iter().all(|name| it.declaration.value(name).is_none());
    if !is_plain || it.data.direction()? != Direction::ManyToOne {
        return None;
    }
    annotates_collection(it.db, it.declaration).filter(|it| *it)?;
    let message = format!(
        "`{}` is many-to-one, so it holds a single object and no collection; leave the collection out of the annotation",
        it.label(),
    );
    Some(Finding::new(Anchor::Expr(annotation), message).with_fix(fix(it, annotation)))
}

/// Leaves the class alone: `"Parent"` of `list["Parent"]`.
fn fix(it: RelationshipWalker<'_>, whole: Place) -> Option<Fix> {
    let Expr::Subscript { indices, .. } = whole.expr(it.db) else { return None };
    let [element] = *indices else { return None };
    Some(Fix::risky("Leave the collection out", vec![Change::Unwrap { whole, part: whole.with(element) }]))
}
