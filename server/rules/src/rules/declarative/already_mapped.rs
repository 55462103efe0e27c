//! A class that its base maps is mapped once more by a decorator.
//!
//! Below a declarative base every class is mapped as soon as it is created. `@registry.mapped` then finds it mapped already, and
//! `ClassManager` raises while the module is being imported. The decorator is for classes that have no such base.
//!
//! ## Wrong
//! ```python
//! from sqlalchemy import Column, Integer
//! from sqlalchemy.orm import declarative_base, registry
//!
//! mapper_registry = registry()
//! Base = declarative_base()
//!
//!
//! @mapper_registry.mapped
//! class Parent(Base):
//! #     ^^^^^^ error: `Parent` is mapped already by its base; remove the decorator, or the base
//!     __tablename__ = "parent"
//!     id = Column(Integer, primary_key=True)
//! ```
//!
//! ## SQLAlchemy says
//! ```text 1.4 2.0
//! ArgumentError: Class '<class 'models.Parent'>' already has a primary mapper defined.
//! ```
//! ```text 2.1
//! InvalidRequestError: Class <class 'models.Parent'> already has been instrumented declaratively
//! ```
//!
//! ## Right
//! ```python
//! from sqlalchemy import Column, Integer
//! from sqlalchemy.orm import declarative_base
//!
//! Base = declarative_base()
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id = Column(Integer, primary_key=True)
//! ```

use relmodel_model::{is_mapped_by_base, mapping_decorator};

use crate::prelude::*;

pub(super) static RULE: Rule = Rule::error(On::Class(check));

fn check(it: ClassWalker<'_>) -> Option<Finding> {
    let decorator = mapping_decorator(it.db, it.id)?;
    if !is_mapped_by_base(it.db, it.id) {
        return None;
    }
    let message = format!("`{}` is mapped already by its base; remove the decorator, or the base", it.name());
    Some(Finding::new(Anchor::Class(it.id), message).with_related(Anchor::Expr(decorator), "the decorator"))
}
