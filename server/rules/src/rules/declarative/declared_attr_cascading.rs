//! `@declared_attr.cascading` stands on a mapped class.
//!
//! It makes every subclass of a mixin or an abstract base call the method anew. On a mapped class it means nothing: the attribute
//! is mapped there, and subclasses inherit it. `_ClassScanMapperConfig._extract_mappable_attributes` says so while the module is
//! being imported, and goes on as with a plain `@declared_attr`.
//!
//! ## Wrong
//! ```python
//! from sqlalchemy import Column, Integer
//! from sqlalchemy.orm import declarative_base, declared_attr
//!
//! Base = declarative_base()
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id = Column(Integer, primary_key=True)
//!
//!     @declared_attr.cascading
//!     def name(cls):
//! #       ^^^^ warning: `cascading` has no effect on the mapped class `Parent`; use `@declared_attr`, or move `name` to a mixin
//!         return Column(Integer)
//! ```
//!
//! ## SQLAlchemy says
//! ```text
//! SAWarning: Use of @declared_attr.cascading only applies to Declarative 'mixin' and 'abstract' classes.  Currently, this flag is ignored on mapped class <class 'models.Parent'>
//! ```
//!
//! ## Right
//! ```python
//! from sqlalchemy import Column, Integer
//! from sqlalchemy.orm import declarative_base, declared_attr
//!
//! Base = declarative_base()
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id = Column(Integer, primary_key=True)
//!
//!     @declared_attr
//!     def name(cls):
//!         return Column(Integer)
//! ```

use crate::prelude::*;

pub(super) static RULE: Rule = Rule::warning(On::Attribute(check));

fn check(it: AttributeWalker<'_>) -> Option<Finding> {
    if !it.is_own() || !it.is_certain() || it.name().starts_with("__") || !it.is_cascading() {
        return None;
    }
    let message = format!(
        "`cascading` has no effect on the mapped class `{}`; use `@declared_attr`, or move `{}` to a mixin",
        it.class.name(),
        it.name(),
    );
    Some(Finding::new(it.anchor(), message).with_fix(it.without_cascading()))
}
