//! `inherits` among the mapper's arguments names a class that the Python class does not inherit from.
//!
//! Below a declarative base, a mapper inherits as the class does, and the argument can only repeat that. `_prepare_mapper_arguments`
//! raises while the module is being imported.
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
//!     __tablename__ = "parent"
//!     id = Column(Integer, primary_key=True)
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     __mapper_args__ = {"inherits": Parent}
//!     #                              ^^^^^^ error: `Child` is told to inherit from `Parent`, but is no subclass of it; write `class Child(Parent)`
//!     id = Column(Integer, primary_key=True)
//! ```
//!
//! ## SQLAlchemy says
//! ```text
//! InvalidRequestError: mapper inherits argument given for non-inheriting class <class 'models.Parent'>
//! ```
//!
//! ## Right
//! ```python
//! from sqlalchemy import Column, ForeignKey, Integer
//! from sqlalchemy.orm import declarative_base
//!
//! Base = declarative_base()
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id = Column(Integer, primary_key=True)
//!
//!
//! class Child(Parent):
//!     __tablename__ = "child"
//!     id = Column(ForeignKey("parent.id"), primary_key=True)
//! ```

use relmodel_model::{Value, class_info, evaluate, is_imperative};

use crate::prelude::*;

pub(super) static RULE: Rule = Rule::error(On::Class(check));

fn check(it: ClassWalker<'_>) -> Option<Finding> {
    if is_imperative(it.db, it.id) || it.is_open() {
        return None;
    }
    let place = it.mapper_arguments()?.get("inherits")?;
    let Value::Class(parent) = evaluate(it.db, place) else { return None };
    if class_info(it.db, it.id).mro.contains(&parent) {
        return None;
    }
    let message = format!(
        "`{0}` is told to inherit from `{1}`, but is no subclass of it; write `class {0}({1})`",
        it.name(),
        parent.name(it.db),
    );
    Some(Finding::new(Anchor::Expr(place), message).with_related(Anchor::Class(parent), "the class that is named"))
}
