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

use relmodel_model::{RegistryId, mapped, members, tables_named};

use crate::fix::{Change, Position};
use crate::mend::names::snake_case;
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
    Some(Finding::new(Anchor::Class(it.id), message).with_fixes(fixes(it)))
}

/// A name made of the class's, or no table at all for a class that has no primary key to be found by.
fn fixes(it: ClassWalker<'_>) -> Vec<Fix> {
    let name = snake_case(it.name().as_str());
    let add = |title: String, code: String| {
        Fix::risky(title, vec![Change::AddStatement { class: it.id, position: Position::First, code }])
    };
    let metadata = mapped(it.db, it.id).as_ref().map(|it| it.metadata);
    let is_free = metadata.is_some_and(|metadata| tables_named(it.db, metadata, name.as_str().into()).is_empty());
    let has_key = members(it.db, it.id)
        .iter()
        .any(|it| matches!(&it.kind, MemberKind::Column(column) if column.primary_key != Some(false)));
    let named =
        is_free.then(|| add(format!("Add `__tablename__ = \"{name}\"`"), format!("__tablename__ = \"{name}\"")));
    let unmapped = add("Add `__abstract__ = True`".to_owned(), "__abstract__ = True".to_owned());
    // A class with a key of its own is meant to be mapped.
    named.into_iter().chain((!has_key).then_some(unmapped)).collect()
}
