//! A mapped class has a method `__del__`.
//!
//! SQLAlchemy ties an object to its state and the state to the object. Python cannot say in which order such a circle is to be
//! destroyed, so `ClassManager._finalize` warns of the method when the class is mapped.
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
//!     def __del__(self):
//!     #   ^^^^^^^ warning: `Parent.__del__` keeps its objects from being freed; remove it
//!         print("gone")
//! ```
//!
//! ## SQLAlchemy says
//! ```text
//! SAWarning: __del__() method on class <class 'models.Parent'> will cause unreachable cycles and memory leaks, as SQLAlchemy instrumentation often creates reference cycles.  Please remove this method.
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
//!
//!     def close(self):
//!         print("gone")
//! ```

use relmodel_model::{Name, own_attribute};

use crate::prelude::*;

pub(super) static RULE: Rule = Rule::warning(On::Class(check));

fn check(it: ClassWalker<'_>) -> Option<Finding> {
    // One that is inherited says nothing of its own.
    let method = own_attribute(it.db, it.id, Name::from("__del__")).filter(|it| !it.is_conditional)?;
    method.function?;
    let message = format!("`{}.__del__` keeps its objects from being freed; remove it", it.name());
    Some(Finding::new(Anchor::Attribute(it.id, method.at), message))
}
