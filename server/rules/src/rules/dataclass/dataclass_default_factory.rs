//! The `default_factory` of a relationship does not make the collection that the relationship holds.
//!
//! In a dataclass the factory says that the attribute may be left out; the collection is made by the relationship itself. So since 2.1
//! `RelationshipProperty.declarative_scan` accepts nothing but the class of the collection: `list` for `Mapped[list[...]]`.
//!
//! ## Wrong
//! ```python
//! from sqlalchemy import ForeignKey
//! from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column, relationship
//!
//!
//! class Base(MappedAsDataclass, DeclarativeBase):
//!     pass
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id: Mapped[int] = mapped_column(primary_key=True, init=False)
//!     children: Mapped[list["Child"]] = relationship(default_factory=set)
//!     #                                                              ^^^ error: the `default_factory` of `Parent.children` must be `list`, as its annotation says
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id: Mapped[int] = mapped_column(primary_key=True, init=False)
//!     parent_id: Mapped[int] = mapped_column(ForeignKey("parent.id"), init=False)
//! ```
//!
//! ## SQLAlchemy says
//! ```text 2.1
//! ArgumentError: For relationship Parent.children using dataclass options, default_factory must be exactly <class 'list'>
//! ```
//!
//! ## Right
//! ```python
//! from sqlalchemy import ForeignKey
//! from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column, relationship
//!
//!
//! class Base(MappedAsDataclass, DeclarativeBase):
//!     pass
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id: Mapped[int] = mapped_column(primary_key=True, init=False)
//!     children: Mapped[list["Child"]] = relationship(default_factory=list)
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id: Mapped[int] = mapped_column(primary_key=True, init=False)
//!     parent_id: Mapped[int] = mapped_column(ForeignKey("parent.id"), init=False)
//! ```

use relmodel_facts::Expr;
use relmodel_model::{Place, Value, evaluate, native_dataclass};

use crate::prelude::*;

pub(super) static RULE: Rule = Rule::error(On::Relationship(check)).since(SqlAlchemy::V2_1);

fn check(it: RelationshipWalker<'_>) -> Option<Finding> {
    let place = it.declaration.value("default_factory")?;
    let is_collection_told = it.declaration.value("collection_class").is_some() || it.declaration.is_dynamic;
    if is_collection_told || native_dataclass(it.db, it.id.parent(it.db)) != Some(true) {
        return None;
    }
    let wanted = collection_of(it, it.declaration.annotation?)?;
    let is_wrong = match place.expr(it.db) {
        Expr::Lambda { .. } => true,
        Expr::Name(name) if evaluate(it.db, place) == Value::Missing => {
            matches!(name.as_str(), "dict" | "list" | "set" | "tuple") && name != wanted
        }
        _ => false,
    };
    let message = format!("the `default_factory` of `{}` must be `{wanted}`, as its annotation says", it.label());
    is_wrong.then(|| Finding::new(Anchor::Expr(place), message))
}

/// The builtin collection that an annotation asks for.
fn collection_of(it: RelationshipWalker<'_>, annotation: Place) -> Option<&'static str> {
    let place = match annotation.expr(it.db) {
        Expr::Subscript { value, .. } => annotation.with(value),
        Expr::String(text) => return collection_of(it, annotation.with(text.code?)),
        _ => return None,
    };
    let name = match (evaluate(it.db, place), place.expr(it.db)) {
        (Value::Missing, Expr::Name(name)) => name.as_str(),
        (Value::Library(name), _) => name.as_str().strip_prefix("typing.")?,
        _ => return None,
    };
    match name {
        "list" | "List" => Some("list"),
        "set" | "Set" => Some("set"),
        _ => None,
    }
}
