//! The target of a relationship is a class that is not mapped.
//!
//! `class_mapper` in `orm/base.py` raises when SQLAlchemy configures the mappers: the class is an abstract base, a mixin or an
//! ordinary class, or a type of Python's such as `int`, for which an attribute is a column and no relationship.
//!
//! ## Wrong
//! ```python
//! from sqlalchemy import Column, ForeignKey, Integer
//! from sqlalchemy.orm import declarative_base, relationship
//!
//! Base = declarative_base()
//!
//!
//! class Child(Base):
//!     __abstract__ = True
//!     id = Column(Integer, primary_key=True)
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id = Column(Integer, primary_key=True)
//!     child_id = Column(Integer)
//!     child = relationship(Child)
//!     #                    ^^^^^ error: `Parent.child` refers to `Child`, which is not mapped, as it says `__abstract__ = True`
//! ```
//!
//! ## SQLAlchemy says
//! ```text
//! UnmappedClassError: Class 'models.Child' is not mapped
//! ```
//!
//! ## Right
//! ```python
//! from sqlalchemy import Column, ForeignKey, Integer
//! from sqlalchemy.orm import declarative_base, relationship
//!
//! Base = declarative_base()
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id = Column(Integer, primary_key=True)
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id = Column(Integer, primary_key=True)
//!     child_id = Column(Integer, ForeignKey("child.id"))
//!     child = relationship(Child)
//! ```

use relmodel_model::{class_info, maps_unknown_classes};

use crate::prelude::*;

pub(super) static RULE: Rule = Rule::error(On::Relationship(check));

fn check(it: RelationshipWalker<'_>) -> Option<Finding> {
    match it.data.target {
        Target::Unmapped(class) => {
            let is_abstract = class_info(it.db, class).is_abstract;
            // A decorator or a call that cannot be followed may map it.
            let is_decorated = class.read(it.db, |_, it| !it.decorators.is_empty()) == Some(true);
            if !is_abstract && (is_decorated || maps_unknown_classes(it.db)) {
                return None;
            }
            let name = class.name(it.db);
            let why = if is_abstract {
                "as it says `__abstract__ = True`".to_owned()
            } else {
                "as it does not inherit from a declarative base".to_owned()
            };
            let message = format!("`{}` refers to `{name}`, which is not mapped, {why}", it.label());
            let finding = Finding::new(Anchor::Expr(it.target_place()?), message);
            Some(finding.with_related(Anchor::Class(class), "the class"))
        }
        Target::SqlAlchemy(name, place) if name.starts_with(char::is_uppercase) => {
            let message = format!("`{}` refers to `{name}`, which is SQLAlchemy's own and not mapped", it.label());
            Some(Finding::new(Anchor::Expr(place), message))
        }
        Target::Python(name, place) => {
            let message = format!("`{}` refers to Python's `{name}`, which is not mapped", it.label());
            Some(Finding::new(Anchor::Expr(place), message))
        }
        _ => None,
    }
}
