//! Two methods of a class validate one attribute.
//!
//! A mapper has one validator for each attribute. `Mapper._configure_class_instrumentation` collects the methods of the class and of
//! all it inherits from, and raises at the second one, while the module is being imported. A method that overrides another of its
//! name takes the other's place.
//!
//! ## Wrong
//! ```python
//! from sqlalchemy import Column, Integer, String
//! from sqlalchemy.orm import declarative_base, validates
//!
//! Base = declarative_base()
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id = Column(Integer, primary_key=True)
//!     name = Column(String(20))
//!
//!     @validates("name")
//!     def check_name(self, key, value):
//!         return value
//!
//!     @validates("name")
//!     #           ^^^^ error: `Parent.name` is validated by `check_name` already; check both in one method
//!     def strip_name(self, key, value):
//!         return value.strip()
//! ```
//!
//! ## SQLAlchemy says
//! ```text 1.4
//! InvalidRequestError: A validation function for mapped attribute 'name' on mapper mapped class Parent->parent already exists.
//! ```
//! ```text 2.0 2.1
//! InvalidRequestError: A validation function for mapped attribute 'name' on mapper Mapper[Parent(parent)] already exists.
//! ```
//!
//! ## Right
//! ```python
//! from sqlalchemy import Column, Integer, String
//! from sqlalchemy.orm import declarative_base, validates
//!
//! Base = declarative_base()
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id = Column(Integer, primary_key=True)
//!     name = Column(String(20))
//!
//!     @validates("name")
//!     def check_name(self, key, value):
//!         return value.strip()
//! ```

use relmodel_model::{ClassId, Place, class_attributes, class_info};

use crate::prelude::*;

pub(super) static RULE: Rule = Rule::error(On::Class(check));

fn check(it: ClassWalker<'_>) -> Option<Finding> {
    let mut seen: Vec<(String, Place, AttributeWalker<'_>)> = Vec::new();
    for attribute in methods(it) {
        for (place, text) in attribute.validated() {
            let Some((_, first, other)) = seen.iter().find(|it| it.0 == text) else {
                seen.push((text, place, attribute));
                continue;
            };
            // A fault of the parent's is told there.
            if !it.bodies().any(|it| it == attribute.declared_in) {
                return None;
            }
            let message =
                format!("`{}.{text}` is validated by `{}` already; check both in one method", it.name(), other.name());
            let related = Anchor::Expr(*first);
            return Some(Finding::new(Anchor::Expr(place), message).with_related(related, "the first validator"));
        }
    }
    None
}

/// The methods that the class has in the end, those of its parents first.
fn methods(it: ClassWalker<'_>) -> Vec<AttributeWalker<'_>> {
    let mro = &class_info(it.db, it.id).mro;
    let is_overridden = |class: ClassId, name| {
        let mut before = mro.iter().take_while(|it| **it != class);
        before.any(|it_| class_attributes(it.db, *it_).iter().any(|it| it.name == name))
    };
    let all = mro.iter().rev().flat_map(|declared_in| {
        let attributes = class_attributes(it.db, *declared_in).iter();
        attributes.map(|data| AttributeWalker::new(it, *declared_in, data))
    });
    all.filter(|it| !it.data.is_conditional && !is_overridden(it.declared_in, it.name())).collect()
}
