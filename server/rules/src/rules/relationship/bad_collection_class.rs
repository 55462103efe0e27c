//! The collection of a relationship cannot be appended to.
//!
//! SQLAlchemy puts the loaded objects into the collection by its appender. A plain `dict` has none, as nothing says what the key of an
//! object is: `collections._assert_required_roles` raises when SQLAlchemy configures the mappers.
//!
//! ## Wrong
//! ```python
//! from sqlalchemy import Column, ForeignKey, Integer
//! from sqlalchemy.orm import declarative_base, relationship
//!
//! Base = declarative_base()
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id = Column(Integer, primary_key=True)
//!     children = relationship("Child", collection_class=dict)
//!     #                                                 ^^^^ error: `Parent.children` cannot be held in a plain `dict`, as nothing says what the keys are; use `attribute_mapped_collection("...")`
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id = Column(Integer, primary_key=True)
//!     parent_id = Column(Integer, ForeignKey("parent.id"))
//! ```
//!
//! ## SQLAlchemy says
//! ```text
//! ArgumentError: Type InstrumentedDict must elect an appender method to be a collection class
//! ```
//!
//! ## Right
//! ```python
//! from sqlalchemy import Column, ForeignKey, Integer
//! from sqlalchemy.orm import declarative_base, relationship
//! from sqlalchemy.orm.collections import attribute_mapped_collection
//!
//! Base = declarative_base()
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id = Column(Integer, primary_key=True)
//!     children = relationship("Child", collection_class=attribute_mapped_collection("id"))
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id = Column(Integer, primary_key=True)
//!     parent_id = Column(Integer, ForeignKey("parent.id"))
//! ```

use relmodel_facts::Expr;
use relmodel_model::{Place, Value, annotates_collection, evaluate};

use crate::prelude::*;

pub(super) static RULE: Rule = Rule::error(On::RelationshipMany(check));

fn check(it: RelationshipWalker<'_>) -> Vec<Finding> {
    let given = it.sides().into_iter().filter_map(|side| {
        let place = side.declaration.value("collection_class")?;
        // A relationship that holds one object has no collection.
        let is_collection = side.data.uselist == Some(true);
        (is_collection && is_dict(it, place)).then(|| found(&side.label(), place))
    });
    given.chain(annotated(it)).collect()
}

/// `Mapped[Dict[str, "Child"]]`
fn annotated(it: RelationshipWalker<'_>) -> Option<Finding> {
    let annotation = it.declaration.annotation?;
    let is_read = !it.declaration.is_dynamic && annotates_collection(it.db, it.declaration) == Some(true);
    let is_given = it.declaration.value("collection_class").is_some() || it.declaration.is_open;
    let Expr::Subscript { value, .. } = annotation.expr(it.db) else { return None };
    let place = annotation.with(value);
    let is_wrong = is_read && !is_given && it.data.uselist == Some(true) && is_dict(it, place);
    is_wrong.then(|| found(&it.label(), place))
}

fn found(label: &str, place: Place) -> Finding {
    let message = format!(
        "`{label}` cannot be held in a plain `dict`, as nothing says what the keys are; use `attribute_mapped_collection(\"...\")`"
    );
    Finding::new(Anchor::Expr(place), message)
}

fn is_dict(it: RelationshipWalker<'_>, place: Place) -> bool {
    match evaluate(it.db, place) {
        Value::Missing => matches!(place.expr(it.db), Expr::Name(name) if name == "dict"),
        Value::Library(name) => name == "typing.Dict",
        _ => false,
    }
}
