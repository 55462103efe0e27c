//! `delete-orphan` stands on the side of the many.
//!
//! An orphan is an object whose one parent has let it go, so the option belongs on the one-to-many side.
//! `RelationshipProperty._check_cascade_settings` raises when SQLAlchemy configures the mappers, unless `single_parent=True` promises
//! that no two objects ever share the one that is deleted.
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
//!     children = relationship("Child", back_populates="parent")
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id = Column(Integer, primary_key=True)
//!     parent_id = Column(Integer, ForeignKey("parent.id"))
//!     parent = relationship("Parent", back_populates="children", cascade="all, delete-orphan")
//!     #                                                                        ^^^^^^^^^^^^^ error: `Child.parent` is many-to-one, and `delete-orphan` belongs on the one-to-many side; move `cascade` there, or add `single_parent=True`
//! ```
//!
//! ## SQLAlchemy says
//! ```text 1.4
//! ArgumentError: For many-to-one relationship Child.parent, delete-orphan cascade is normally configured only on the "one" side of a one-to-many relationship, and not on the "many" side of a many-to-one or many-to-many relationship.  To force this relationship to allow a particular "Parent" object to be referred towards by only a single "Child" object at a time via the Child.parent relationship, which would allow delete-orphan cascade to take place in this direction, set the single_parent=True flag.
//! ```
//! ```text 2.0 2.1
//! ArgumentError: For many-to-one relationship Child.parent, delete-orphan cascade is normally configured only on the "one" side of a one-to-many relationship, and not on the "many" side of a many-to-one or many-to-many relationship.  To force this relationship to allow a particular "Parent" object to be referenced by only a single "Child" object at a time via the Child.parent relationship, which would allow delete-orphan cascade to take place in this direction, set the single_parent=True flag.
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
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id = Column(Integer, primary_key=True)
//!     children = relationship("Child", back_populates="parent", cascade="all, delete-orphan")
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id = Column(Integer, primary_key=True)
//!     parent_id = Column(Integer, ForeignKey("parent.id"))
//!     parent = relationship("Parent", back_populates="children")
//! ```

use relmodel_model::Direction;

use crate::fix::Change;
use crate::prelude::*;

pub(super) static RULE: Rule = Rule::error(On::RelationshipMany(check));

fn check(it: RelationshipWalker<'_>) -> Vec<Finding> {
    it.sides().iter().filter_map(found).collect()
}

fn found(it: &SideWalker<'_>) -> Option<Finding> {
    let cascades = it.cascades().filter(|it| it.has("delete-orphan"))?;
    let direction = match it.direction()? {
        Direction::ManyToOne => "many-to-one",
        Direction::ManyToMany => "many-to-many",
        Direction::OneToMany => return None,
    };
    // What persists nothing deletes nothing.
    if !it.is_default("single_parent", false) || it.data.viewonly != Some(false) {
        return None;
    }
    let message = format!(
        "`{}` is {direction}, and `delete-orphan` belongs on the one-to-many side; move `cascade` there, or add `single_parent=True`",
        it.label(),
    );
    let change = it.call_with("cascade").map(|call| Change::SetArgument {
        call,
        name: "single_parent",
        value: "True".to_owned(),
    });
    let fix = change.map(|it| Fix::risky("Add `single_parent=True`", vec![it]));
    Some(Finding::new(cascades.word("delete-orphan"), message).with_fix(fix))
}
