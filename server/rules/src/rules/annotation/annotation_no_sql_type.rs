//! The annotation of a column is a type that SQLAlchemy knows no column type for.
//!
//! A column without a type of its own has that of its annotation, which `registry._resolve_type` looks up in the
//! `type_annotation_map` and among a few types of Python's own. It raises where there is none, while the module is being imported. A
//! class of one's own needs an entry in the map or a type in `mapped_column(...)`; a mapped class needs a `relationship()`.
//!
//! ## Wrong
//! ```python
//! from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
//!
//! class Base(DeclarativeBase):
//!     pass
//!
//!
//! class Point:
//!     pass
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id: Mapped[int] = mapped_column(primary_key=True)
//!     at: Mapped[Point]
//!     #          ^^^^^ error: `Parent.at` is annotated `Point`, which SQLAlchemy has no column type for; give `mapped_column(…)` a type
//! ```
//!
//! ## SQLAlchemy says
//! ```text 2.0 2.1
//! MappedAnnotationError: Could not locate SQLAlchemy Core type when resolving for Python type indicated by '<class 'models.Point'>' inside the Mapped[] annotation for the 'at' attribute; the type object is not resolvable by the registry
//! ```
//!
//! ## Right
//! ```python
//! from sqlalchemy import JSON
//! from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
//!
//! class Base(DeclarativeBase):
//!     pass
//!
//!
//! class Point:
//!     pass
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id: Mapped[int] = mapped_column(primary_key=True)
//!     at: Mapped[Point] = mapped_column(JSON)
//! ```

use relmodel_facts::Expr;
use relmodel_model::{ClassId, Place, Value, evaluate, mapped};

use crate::prelude::*;
use crate::walker::{is_ordinary, typing_name};

pub(super) static RULE: Rule = Rule::error(On::Attribute(check)).since(SqlAlchemy::V2_0);

fn check(it: AttributeWalker<'_>) -> Option<Finding> {
    let type_ = it.annotated()?.type_;
    let (what, advice) = unknown_type(it, type_)?;
    if !it.takes_type_from_annotation() || it.unbound_name().is_some() {
        return None;
    }
    let is_unknown = it.class.has_standard_types()
        || class_at(it.class.db, type_).is_some_and(|class| it.class.maps_no_type_to(class));
    if !is_unknown {
        return None;
    }
    let message = format!("`{}` is annotated {what}, which SQLAlchemy has no column type for; {advice}", it.label());
    Some(Finding::new(Anchor::Expr(type_), message))
}

const GIVE_TYPE: &str = "give `mapped_column(…)` a type";

/// What the type is, in words, and what to do.
fn unknown_type(it: AttributeWalker<'_>, place: Place) -> Option<(String, String)> {
    let db = it.class.db;
    match place.expr(db) {
        Expr::Subscript { value, indices } => {
            let name = collection(it, place.with(value))?;
            let element = indices.last().and_then(|it| class_at(db, place.with(*it)));
            let advice = match element.filter(|it| mapped(db, *it).is_some()) {
                Some(_) => "add `= relationship()`",
                None => GIVE_TYPE,
            };
            Some((format!("`{name}[…]`"), advice.to_owned()))
        }
        Expr::Name(_) | Expr::Attribute { .. } => match evaluate(db, place) {
            Value::Class(class) if is_ordinary(db, class) && !is_defined_later(it, class) => {
                let advice = if mapped(db, class).is_some() { "add `= relationship()`" } else { GIVE_TYPE };
                Some((format!("`{}`", class.name(db)), advice.to_owned()))
            }
            Value::Library(name) if name == "typing.Any" => Some(("`Any`".to_owned(), GIVE_TYPE.to_owned())),
            Value::Missing => Some((format!("`{}`", collection(it, place)?), GIVE_TYPE.to_owned())),
            _ => None,
        },
        _ => None,
    }
}

/// The name of a collection of Python's own.
fn collection(it: AttributeWalker<'_>, place: Place) -> Option<&'static str> {
    let db = it.class.db;
    let names = ["Dict", "FrozenSet", "List", "Sequence", "Set", "Tuple"];
    if let Some(name) = typing_name(db, place).filter(|it| names.contains(it)) {
        return Some(name);
    }
    let Expr::Name(name) = *place.get(db) else { return None };
    let names = ["dict", "frozenset", "list", "object", "set", "tuple"];
    (names.contains(&name.as_str()) && evaluate(db, place) == Value::Missing).then_some(name.as_str())
}

fn class_at(db: &dyn relmodel_model::Db, place: Place) -> Option<ClassId> {
    match evaluate(db, place) {
        Value::Class(class) => Some(class),
        _ => None,
    }
}

/// Whether Python does not know the class yet where the annotation stands.
fn is_defined_later(it: AttributeWalker<'_>, class: ClassId) -> bool {
    let db = it.class.db;
    let order = |class: ClassId| class.item(db).nth(db);
    class != it.declared_in && class.file(db) == it.declared_in.file(db) && order(class) >= order(it.declared_in)
}
