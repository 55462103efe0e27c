//! A mixin or abstract base holds a relationship or another mapper property that several classes would share.
//!
//! A relationship belongs to one mapper, so SQLAlchemy does not copy it as it copies a column. `_ClassScanMapperConfig._scan_attributes`
//! raises as soon as a class maps what the mixin has, even if the class overrides it. Behind `@declared_attr` the method is
//! called anew for each class. The same holds for `column_property()`, `deferred()`, `synonym()` and `composite()`.
//!
//! ## Wrong
//! ```python
//! from sqlalchemy import Column, ForeignKey, Integer
//! from sqlalchemy.orm import declarative_base, declared_attr, relationship
//!
//! Base = declarative_base()
//!
//!
//! class HasParent:
//!     @declared_attr
//!     def parent_id(cls):
//!         return Column(ForeignKey("parent.id"))
//!
//!     parent = relationship("Parent")
//! #   ^^^^^^ error: `HasParent.parent` is a `relationship()` on a mixin; return it from a `@declared_attr` method
//!
//!
//! class Child(HasParent, Base):
//!     __tablename__ = "child"
//!     id = Column(Integer, primary_key=True)
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id = Column(Integer, primary_key=True)
//! ```
//!
//! ## SQLAlchemy says
//! ```text
//! InvalidRequestError: Mapper properties (i.e. deferred,column_property(), relationship(), etc.) must be declared as @declared_attr callables on declarative mixin classes.  For dataclass field() objects, use a lambda:
//! ```
//!
//! ## Right
//! ```python
//! from sqlalchemy import Column, ForeignKey, Integer
//! from sqlalchemy.orm import declarative_base, declared_attr, relationship
//!
//! Base = declarative_base()
//!
//!
//! class HasParent:
//!     @declared_attr
//!     def parent_id(cls):
//!         return Column(ForeignKey("parent.id"))
//!
//!     @declared_attr
//!     def parent(cls):
//!         return relationship("Parent")
//!
//!
//! class Child(HasParent, Base):
//!     __tablename__ = "child"
//!     id = Column(Integer, primary_key=True)
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id = Column(Integer, primary_key=True)
//! ```

use relmodel_model::{class_info, library_call};

use crate::mend::method;
use crate::prelude::*;

pub(super) static RULE: Rule = Rule::error(On::Attribute(check));

/// What makes a `MapperProperty`.
const PROPERTIES: [&str; 8] = [
    "column_property",
    "composite",
    "deferred",
    "dynamic_loader",
    "query_expression",
    "relation",
    "relationship",
    "synonym",
];

fn check(it: AttributeWalker<'_>) -> Option<Finding> {
    // Of names with two underscores none is scanned; a lambda in a dataclass's field is called for each class.
    let is_scanned = !it.name().starts_with("__") && !it.data.is_field;
    if it.is_own() || !it.is_certain() || !is_scanned || it.data.function.is_some() {
        return None;
    }
    let (_, function) = library_call(it.class.db, it.value()?)?;
    if !PROPERTIES.contains(&function.as_str()) {
        return None;
    }
    let kind = if class_info(it.class.db, it.declared_in).is_abstract { "an abstract base" } else { "a mixin" };
    let message = format!("`{}` is a `{function}()` on {kind}; return it from a `@declared_attr` method", it.label());
    let class = Anchor::Class(it.class.id);
    let res = Finding::new(it.anchor(), message).with_related(class, format!("`{}` maps it", it.class.name()));
    Some(res.with_fix(method::of_attribute(it)))
}
