//! A class body gives a second value to the name of a mapped attribute.
//!
//! Python keeps the last value alone, so SQLAlchemy never sees the first column or relationship, and says nothing.
//!
//! ## Wrong
//! ```python
//! from sqlalchemy import Column, Integer, String
//! from sqlalchemy.orm import declarative_base
//!
//! Base = declarative_base()
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id = Column(Integer, primary_key=True)
//!     name = Column(String)
//! #   ^^^^ hint: `Parent.name` gets another value below, and this one is lost; give it another name
//!     name = Column(Integer)
//! ```
//!
//! ## SQLAlchemy says
//! ```text
//!
//! ```
//!
//! ## Right
//! ```python
//! from sqlalchemy import Column, Integer, String
//! from sqlalchemy.orm import declarative_base
//!
//! Base = declarative_base()
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id = Column(Integer, primary_key=True)
//!     name = Column(String)
//!     number = Column(Integer)
//! ```

use relmodel_model::rebound_attributes;

use crate::prelude::*;

pub(super) static RULE: Rule = Rule::hint(On::Class(check));

fn check(it: ClassWalker<'_>) -> Option<Finding> {
    let (first, second) = rebound_attributes(it.db, it.id).into_iter().next().filter(|_| it.is_declarative())?;
    let message =
        format!("`{}.{}` gets another value below, and this one is lost; give it another name", it.name(), first.name);
    let at = |at| Anchor::Attribute(it.id, at);
    Some(Finding::new(at(first.at), message).with_related(at(second.at), "the value that counts"))
}
