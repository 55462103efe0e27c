//! A mapped class says nothing about its table.
//!
//! Every class below a declarative base is mapped. As soon as it is created, while the module is being imported, `decl_base` looks
//! for `__tablename__` or `__table__` in the class and in what it inherits from, and raises if there is neither. A class that is
//! not meant to be mapped says so with `__abstract__ = True`, or is a mixin beside the base.
//!
//! ## Wrong
//! ```python
//! from sqlalchemy import Column, Integer
//! from sqlalchemy.orm import declarative_base
//!
//! Base = declarative_base()
//!
//!
//! class Parent(Base):
//! #     ^^^^^^ error: `Parent` has neither `__tablename__` nor `__table__`; add `__tablename__ = "parent"`
//!     id = Column(Integer, primary_key=True)
//! ```
//!
//! ## SQLAlchemy says
//! ```text
//! InvalidRequestError: Class <class 'models.Parent'> does not have a __table__ or __tablename__ specified and does not inherit from an existing table-mapped class.
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

use relmodel_model::{RegistryId, mapped};

use crate::prelude::*;

pub(super) static RULE: Rule = Rule::error(On::Class(check));

fn check(it: ClassWalker<'_>) -> Option<Finding> {
    let mapped = mapped(it.db, it.id).as_ref()?;
    if mapped.mapping != Mapping::Missing || it.is_open() || matches!(mapped.registry, RegistryId::Open(_)) {
        return None;
    }
    let message = format!(
        "`{}` has neither `__tablename__` nor `__table__`; add `__tablename__ = \"{}\"`",
        it.name(),
        snake_case(it.name().as_str()),
    );
    Some(Finding::new(Anchor::Class(it.id), message))
}

/// `OrderItem` as `order_item`.
fn snake_case(name: &str) -> String {
    let mut res = String::new();
    let mut was_lower = false;
    for char in name.chars() {
        if char.is_uppercase() && was_lower {
            res.push('_');
        }
        was_lower = char.is_lowercase() || char.is_numeric();
        res.extend(char.to_lowercase());
    }
    res
}
