//! The annotation of a relationship is a collection of `typing` that does not say of what.
//!
//! `RelationshipProperty.declarative_scan` asks the annotation for its argument, which `List` alone does not have, and an
//! `AttributeError` is raised while the module is being imported.
//!
//! ## Wrong
//! ```python
//! from typing import List
//!
//! from sqlalchemy import ForeignKey
//! from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
//!
//! class Base(DeclarativeBase):
//!     pass
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id: Mapped[int] = mapped_column(primary_key=True)
//!     children: Mapped[List] = relationship("Child")
//!     #                ^^^^ error: `Parent.children` is annotated `List` without what it holds; write `List["Child"]`
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id: Mapped[int] = mapped_column(primary_key=True)
//!     parent_id: Mapped[int] = mapped_column(ForeignKey("parent.id"))
//! ```
//!
//! ## SQLAlchemy says
//! ```text 2.0 2.1
//! AttributeError: __args__
//! ```
//!
//! ## Right
//! ```python
//! from typing import List
//!
//! from sqlalchemy import ForeignKey
//! from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
//!
//! class Base(DeclarativeBase):
//!     pass
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id: Mapped[int] = mapped_column(primary_key=True)
//!     children: Mapped[List["Child"]] = relationship()
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id: Mapped[int] = mapped_column(primary_key=True)
//!     parent_id: Mapped[int] = mapped_column(ForeignKey("parent.id"))
//! ```

use relmodel_facts::Expr;

use crate::fix::Change;
use crate::prelude::*;
use crate::walker::typing_name;

pub(super) static RULE: Rule = Rule::error(On::Attribute(check)).since(SqlAlchemy::V2_0);

fn check(it: AttributeWalker<'_>) -> Option<Finding> {
    let db = it.class.db;
    let call = it.call().filter(|it| it.name == "relationship" && !it.is_open())?;
    // A string is taken for the name of a class.
    let annotated = it.annotated().filter(|annotated| it.is_effective() && !annotated.is_string)?;
    if !matches!(annotated.type_.expr(db), Expr::Name(_) | Expr::Attribute { .. }) {
        return None;
    }
    let name = typing_name(db, annotated.type_).filter(|it| matches!(*it, "Dict" | "List" | "Set"))?;
    let class = call.first().and_then(|it| relmodel_model::string_value(db, it)).unwrap_or_else(|| "…".to_owned());
    let message = format!("`{}` is annotated `{name}` without what it holds; write `{name}[\"{class}\"]`", it.label());
    let after = format!("[\"{class}\"]");
    let wrap = Change::Wrap { place: annotated.type_, before: String::new(), after };
    let fix =
        (class != "…" && name != "Dict").then(|| Fix::safe(format!("Change to `{name}[\"{class}\"]`"), vec![wrap]));
    Some(Finding::new(Anchor::Expr(annotated.type_), message).with_fix(fix))
}
