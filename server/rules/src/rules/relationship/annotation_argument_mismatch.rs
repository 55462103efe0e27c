//! A relationship is annotated with one class and given another one.
//!
//! The argument wins: SQLAlchemy takes nothing but the kind of collection from the annotation, and says nothing. Type checkers believe the
//! annotation, so one of the two is wrong.
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
//!     children: Mapped[list["Child"]] = relationship("Pet")
//!     #                                               ^^^ hint: `Parent.children` is annotated `Child`, but refers to `Pet`, as its argument says; make both the same
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id: Mapped[int] = mapped_column(primary_key=True)
//!
//!
//! class Pet(Base):
//!     __tablename__ = "pet"
//!     id: Mapped[int] = mapped_column(primary_key=True)
//!     parent_id: Mapped[int] = mapped_column(ForeignKey("parent.id"))
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
//!     children: Mapped[list["Pet"]] = relationship("Pet")
//!
//!
//! class Pet(Base):
//!     __tablename__ = "pet"
//!     id: Mapped[int] = mapped_column(primary_key=True)
//!     parent_id: Mapped[int] = mapped_column(ForeignKey("parent.id"))
//! ```

use relmodel_facts::Expr;
use relmodel_model::{ClassId, Value, annotated_class, class_info, evaluate, mapped};

use crate::prelude::*;

pub(super) static RULE: Rule = Rule::hint(On::Relationship(check)).since(SqlAlchemy::V2_0);

fn check(it: RelationshipWalker<'_>) -> Option<Finding> {
    let place = it.declaration.value("argument").filter(|place| place.expr(it.db) != Expr::None)?;
    let written = annotated_class(it.db, it.declaration.annotation?)?;
    let Value::Class(annotated) = evaluate(it.db, written) else { return None };
    let target = it.target()?;
    // A base says less than what is meant, and no wrong.
    let is_kind_of = |class: ClassId, base: ClassId| class_info(it.db, class).mro.contains(&base);
    let is_mapped = mapped(it.db, annotated).is_some();
    if !is_mapped || is_kind_of(target.id, annotated) || is_kind_of(annotated, target.id) {
        return None;
    }
    let message = format!(
        "`{}` is annotated `{}`, but refers to `{}`, as its argument says; make both the same",
        it.label(),
        annotated.name(it.db),
        target.name(),
    );
    let res = Finding::new(Anchor::Expr(place), message);
    Some(res.with_related(Anchor::Expr(written), "the annotation"))
}
