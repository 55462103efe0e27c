//! A module maps two classes of one name.
//!
//! Strings such as `relationship("Child")` find classes by their names. SQLAlchemy warns while the module is being imported
//! (`_MultipleClassMarker.add_item`), and raises when a string asks for the name.
//!
//! ## Wrong
//! ```python
//! from sqlalchemy import Column, Integer
//! from sqlalchemy.orm import declarative_base
//!
//! Base = declarative_base()
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id = Column(Integer, primary_key=True)
//!
//!
//! class Child(Base):
//! #     ^^^^^ warning: the module maps a class `Child` above already; give this one another name
//!     __tablename__ = "other_child"
//!     id = Column(Integer, primary_key=True)
//! ```
//!
//! ## SQLAlchemy says
//! ```text
//! SAWarning: This declarative base already contains a class with the same class name and module name as models.Child, and will be replaced in the string-lookup table.
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
//! class Child(Base):
//!     __tablename__ = "child"
//!     id = Column(Integer, primary_key=True)
//!
//!
//! class OtherChild(Base):
//!     __tablename__ = "other_child"
//!     id = Column(Integer, primary_key=True)
//! ```

use relmodel_model::{ClassId, Db, RegistryId, classes_named, is_imperative, mapped};

use crate::prelude::*;

pub(super) static RULE: Rule = Rule::warning(On::Class(check));

fn check(it: ClassWalker<'_>) -> Option<Finding> {
    let db = it.db;
    let registry = mapped(db, it.id).as_ref()?.registry;
    if matches!(registry, RegistryId::Open(_)) || !is_certain(db, it.id) {
        return None;
    }
    let is_here = |other: &&ClassId| other.file(db) == it.id.file(db) && is_certain(db, **other);
    let namesakes = classes_named(db, registry, it.name()).iter();
    let first = *namesakes.take_while(|other| **other != it.id).find(is_here)?;
    // Where the table is the same too, SQLAlchemy raises for that.
    let (table, other) = (it.table()?, ClassWalker { db, id: first }.table()?);
    if table.data.key.is_none() || table.data.key == other.data.key && !table.data.is_redefinable {
        return None;
    }
    let message = format!("the module maps a class `{}` above already; give this one another name", it.name());
    Some(Finding::new(Anchor::Class(it.id), message).with_related(Anchor::Class(first), "the first class"))
}

/// Whether a class statement at the top level of a module surely maps it.
fn is_certain(db: &dyn Db, class: ClassId) -> bool {
    class.item(db).key(db).kind == relmodel_facts::ItemKind::Class
        && class.scope(db).is_none()
        && !is_imperative(db, class)
}
