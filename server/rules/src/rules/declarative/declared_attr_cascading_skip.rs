//! A class has an attribute of its own where a mixin has a `@declared_attr.cascading`.
//!
//! `cascading` makes every class below the mixin call the method anew and take what it returns. What the class says itself is lost;
//! `_ClassScanMapperConfig._scan_attributes` says so while the module is being imported.
//!
//! ## Wrong
//! ```python
//! from sqlalchemy import Column, Integer, String
//! from sqlalchemy.orm import declarative_base, declared_attr
//!
//! Base = declarative_base()
//!
//!
//! class Named:
//!     @declared_attr.cascading
//!     def name(cls):
//!         return Column(String(20))
//!
//!
//! class Parent(Named, Base):
//!     __tablename__ = "parent"
//!     id = Column(Integer, primary_key=True)
//!     name = Column(String(50))
//! #   ^^^^ warning: `Parent.name` is lost: `Named.name` is a `@declared_attr.cascading`, which takes its place; remove one of them
//! ```
//!
//! ## SQLAlchemy says
//! ```text
//! SAWarning: Attribute 'name' on class <class 'models.Parent'> cannot be processed due to @declared_attr.cascading; skipping
//! ```
//!
//! ## Right
//! ```python
//! from sqlalchemy import Column, Integer, String
//! from sqlalchemy.orm import declarative_base, declared_attr
//!
//! Base = declarative_base()
//!
//!
//! class Named:
//!     @declared_attr
//!     def name(cls):
//!         return Column(String(20))
//!
//!
//! class Parent(Named, Base):
//!     __tablename__ = "parent"
//!     id = Column(Integer, primary_key=True)
//!     name = Column(String(50))
//! ```

use relmodel_model::{class_attributes, class_info, mapped, own_attribute};

use crate::prelude::*;

pub(super) static RULE: Rule = Rule::warning(On::ClassMany(check));

fn check(it: ClassWalker<'_>) -> Vec<Finding> {
    let mixins = class_info(it.db, it.id).mro[1..].iter().filter(|base| mapped(it.db, **base).is_none());
    let attributes = mixins.flat_map(|declared_in| {
        let all = class_attributes(it.db, *declared_in).iter();
        all.map(move |data| AttributeWalker::new(it, *declared_in, data))
    });
    attributes.filter_map(finding).collect()
}

fn finding(it: AttributeWalker<'_>) -> Option<Finding> {
    if !it.is_certain() || it.name().starts_with("__") || !it.is_cascading() {
        return None;
    }
    // A bare annotation binds nothing.
    let db = it.class.db;
    let own = own_attribute(db, it.class.id, it.name())?;
    if own.is_conditional || (own.value.is_none() && own.function.is_none()) {
        return None;
    }
    let message = format!(
        "`{}.{}` is lost: `{}` is a `@declared_attr.cascading`, which takes its place; remove one of them",
        it.class.name(),
        it.name(),
        it.label(),
    );
    let at = Anchor::Attribute(it.class.id, own.at);
    Some(Finding::new(at, message).with_related(it.anchor(), "this method is called for every class"))
}
