//! A declarative base has both a `registry` and a `type_annotation_map`.
//!
//! The types of annotations belong to the registry. A base that is given one cannot change it: `_setup_declarative_base` raises when
//! the class is created. The map goes into the call `registry(type_annotation_map=...)`.
//!
//! ## Wrong
//! ```python
//! from sqlalchemy import BigInteger
//! from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, registry
//!
//!
//! class Base(DeclarativeBase):
//!     registry = registry()
//!     type_annotation_map = {int: BigInteger}
//! #   ^^^^^^^^^^^^^^^^^^^ error: `Base` has a `registry`, so its `type_annotation_map` must be given to that: `registry(type_annotation_map=...)`
//! ```
//!
//! ## SQLAlchemy says
//! ```text 2.0 2.1
//! InvalidRequestError: Declarative base class has both a 'registry' attribute and a type_annotation_map entry.  Per-base type_annotation_maps are not supported.  Please apply the type_annotation_map to this registry directly.
//! ```
//!
//! ## Right
//! ```python
//! from sqlalchemy import BigInteger
//! from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, registry
//!
//!
//! class Base(DeclarativeBase):
//!     registry = registry(type_annotation_map={int: BigInteger})
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id: Mapped[int] = mapped_column(primary_key=True)
//! ```

use relmodel_facts::Expr;
use relmodel_model::{Name, Place, library_call, own_attribute};

use crate::prelude::*;

pub(super) static RULE: Rule = Rule::error(On::Base(check)).since(SqlAlchemy::V2_0);

fn check(it: ClassWalker<'_>) -> Option<Finding> {
    it.library_base(&["DeclarativeBase", "DeclarativeBaseNoMeta"])?;
    let own = |name: &str| {
        let attribute = own_attribute(it.db, it.id, Name::from(name)).filter(|it| !it.is_conditional)?;
        Some((attribute, attribute.value_place(it.db, it.id, it.id)?))
    };
    // Behind `registry = registry()`, the name means the function still.
    let (registry, value) = own("registry").map(|(it, value)| (it, Place { class: None, ..value }))?;
    let (map, given) = own("type_annotation_map")?;
    let is_registry = library_call(it.db, value).is_some_and(|(_, name)| name == "registry");
    if !is_registry || given.expr(it.db) == Expr::None {
        return None;
    }
    let message = format!(
        "`{}` has a `registry`, so its `type_annotation_map` must be given to that: `registry(type_annotation_map=...)`",
        it.name(),
    );
    let related = Anchor::Attribute(it.id, registry.at);
    Some(Finding::new(Anchor::Attribute(it.id, map.at), message).with_related(related, "the registry"))
}
