//! One `Column` object is given to two tables.
//!
//! A column belongs to one table. `Column._set_parent` raises when it joins a second one, while the module is being imported. Classes
//! that share a column inherit it from a mixin, which makes a copy for each.
//!
//! ## Wrong
//! ```python
//! from sqlalchemy import Column, Integer, String
//! from sqlalchemy.orm import declarative_base
//!
//! Base = declarative_base()
//!
//!
//! shared = Column(String)
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id = Column(Integer, primary_key=True)
//!     created = shared
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id = Column(Integer, primary_key=True)
//!     created = shared
//!     #         ^^^^^^ error: the column of `Child.created` belongs to `Parent` already; declare a column of its own, or one on a mixin
//! ```
//!
//! ## SQLAlchemy says
//! ```text
//! ArgumentError: Column object 'created' already assigned to Table 'parent'
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
//! class HasCreated:
//!     created = Column(String)
//!
//!
//! class Parent(HasCreated, Base):
//!     __tablename__ = "parent"
//!     id = Column(Integer, primary_key=True)
//!
//!
//! class Child(HasCreated, Base):
//!     __tablename__ = "child"
//!     id = Column(Integer, primary_key=True)
//! ```

use relmodel_facts::Expr;
use relmodel_model::{ClassId, Place, file_classes, members};

use crate::prelude::*;

pub(super) static RULE: Rule = Rule::error(On::Attribute(check));

fn check(it: AttributeWalker<'_>) -> Option<Finding> {
    let db = it.class.db;
    let value = shared_value(it)?;
    let call = it.call().filter(|it| matches!(it.name.as_str(), "Column" | "mapped_column"))?;
    if call.place.item == it.class.id.item(db) || call.place.scope.is_some() {
        return None;
    }
    let classes = file_classes(db, it.class.id.file(db)).iter().take_while(|other| **other != it.class.id);
    let first = classes.copied().find(|class| takes(it, *class, call.place))?;
    let message = format!(
        "the column of `{}` belongs to `{}` already; declare a column of its own, or one on a mixin",
        it.label(),
        first.name(db),
    );
    Some(Finding::new(Anchor::Expr(value), message).with_related(Anchor::Class(first), "the class that has it"))
}

/// The value, if it is the name of something made elsewhere.
fn shared_value(it: AttributeWalker<'_>) -> Option<Place> {
    let value = it.value()?;
    let is_name = matches!(value.expr(it.class.db), Expr::Name(_));
    let has_table = || it.class.table().is_some_and(|table| table.class() == Some(it.class.id));
    (is_name && it.is_own() && it.is_effective() && has_table()).then_some(value)
}

/// Whether the body of a class with a table of its own takes this very column.
fn takes(it: AttributeWalker<'_>, class: ClassId, column: Place) -> bool {
    let walker = ClassWalker { db: it.class.db, id: class };
    let has_table = walker.table().is_some_and(|table| table.class() == Some(class));
    has_table
        && walker.is_declarative()
        && members(it.class.db, class).iter().any(|member| match &member.kind {
            MemberKind::Column(found) => member.declared_in == class && found.place == column && member.at.is_some(),
            _ => false,
        })
}
