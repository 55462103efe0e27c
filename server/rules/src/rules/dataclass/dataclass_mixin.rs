//! A dataclass takes fields from a mixin that is no dataclass.
//!
//! SQLAlchemy makes the class into a dataclass, and Python leaves the annotations of a base aside that is none. So
//! `_setup_dataclasses_transforms` raises in 2.1, and 2.0 warns that it will. The mixin becomes a dataclass by `MappedAsDataclass` too.
//!
//! ## Wrong
//! ```python
//! from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column
//!
//!
//! class Base(MappedAsDataclass, DeclarativeBase):
//!     pass
//!
//!
//! class Named:
//!     name: Mapped[str]
//!
//!
//! class Parent(Named, Base):
//! #            ^^^^^ error: `Parent` is a dataclass, but `Named`, which declares `name`, is none; add `MappedAsDataclass` to its bases
//!     __tablename__ = "parent"
//!     id: Mapped[int] = mapped_column(primary_key=True, init=False)
//! ```
//!
//! ## SQLAlchemy says
//! ```text 2.0
//! SADeprecationWarning: When transforming <class 'models.Parent'> to a dataclass, attribute(s) 'name' originates from superclass <class 'models.Named'>, which is not a dataclass.  This usage is deprecated and will raise an error in SQLAlchemy 2.1.  When declaring SQLAlchemy Declarative Dataclasses, ensure that all mixin classes and other superclasses which include attributes are also a subclass of MappedAsDataclass.
//! ```
//! ```text 2.1
//! InvalidRequestError: When transforming <class 'models.Parent'> to a dataclass, attribute(s) 'name' originates from superclass <class 'models.Named'>, which is not a dataclass.  When declaring SQLAlchemy Declarative Dataclasses, ensure that all mixin classes and other superclasses which include attributes are also a subclass of MappedAsDataclass or make use of the @unmapped_dataclass decorator.
//! ```
//!
//! ## Right
//! ```python
//! from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column
//!
//!
//! class Base(MappedAsDataclass, DeclarativeBase):
//!     pass
//!
//!
//! class Named(MappedAsDataclass):
//!     name: Mapped[str]
//!
//!
//! class Parent(Named, Base):
//!     __tablename__ = "parent"
//!     id: Mapped[int] = mapped_column(primary_key=True, init=False)
//! ```

use relmodel_model::{
    AttributeKind, ClassId, Place, Value, Workspace, base_places, class_info, evaluate, is_dataclass, native_dataclass,
};

use crate::prelude::*;

pub(super) static RULE: Rule = Rule::error(On::Class(check)).since(SqlAlchemy::V2_0);

fn check(it: ClassWalker<'_>) -> Option<Finding> {
    if native_dataclass(it.db, it.id) != Some(true) {
        return None;
    }
    let attribute = it.attributes().find(|attribute| is_taken_over(*attribute))?;
    let mixin = attribute.declared_in;
    let message = format!(
        "`{}` is a dataclass, but `{}`, which declares `{}`, is none; add `MappedAsDataclass` to its bases",
        it.name(),
        mixin.name(it.db),
        attribute.name(),
    );
    let at = base_that_brings(it, mixin).map_or(Anchor::Class(it.id), Anchor::Expr);
    let res = Finding::new(at, message).with_related(attribute.anchor(), "the field");
    let is_2_0 = Workspace::get(it.db).sqlalchemy(it.db) == SqlAlchemy::V2_0;
    Some(if is_2_0 { res.as_warning() } else { res })
}

/// Whether an attribute of a plain mixin is a field of the mapped class.
fn is_taken_over(it: AttributeWalker<'_>) -> bool {
    let is_mapped = match it.data.kind {
        AttributeKind::Annotated => true,
        AttributeKind::Column(_) => it.data.annotation.is_some(),
        _ => false,
    };
    let db = it.class.db;
    let is_field = is_mapped && it.is_certain() && !it.is_shadowed() && !it.is_inherited();
    is_field && !it.is_own() && is_dataclass(db, it.declared_in) == Some(false)
}

/// The base in the header of the class that the mixin comes from.
fn base_that_brings(it: ClassWalker<'_>, mixin: ClassId) -> Option<Place> {
    base_places(it.db, it.id).into_iter().find(|place| match evaluate(it.db, *place) {
        Value::Class(base) => class_info(it.db, base).mro.contains(&mixin),
        _ => false,
    })
}
