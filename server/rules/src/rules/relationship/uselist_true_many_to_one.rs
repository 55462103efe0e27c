//! A many-to-one relationship says `uselist=True`.
//!
//! The foreign key lies on this side, so an object has one other object at most. With `uselist=True` SQLAlchemy puts that one object into a
//! list, and says nothing. A `primaryjoin` may lead to several objects and is not looked at.
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
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id = Column(Integer, primary_key=True)
//!     parent_id = Column(Integer, ForeignKey("parent.id"))
//!     parent = relationship("Parent", uselist=True)
//!     #                               ^^^^^^^ hint: `Child.parent` is many-to-one, so its list never holds more than one object; leave `uselist` out
//! ```
//!
//! ## SQLAlchemy says
//! ```text
//!
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
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id = Column(Integer, primary_key=True)
//!     parent_id = Column(Integer, ForeignKey("parent.id"))
//!     parent = relationship("Parent")
//! ```

use relmodel_model::Direction;

use crate::fix::Change;
use crate::prelude::*;

pub(super) static RULE: Rule = Rule::hint(On::RelationshipMany(check));

fn check(it: RelationshipWalker<'_>) -> Vec<Finding> {
    if it.declaration.value("primaryjoin").is_some() {
        return Vec::new();
    }
    it.sides().iter().filter_map(of_side).collect()
}

fn of_side(side: &SideWalker<'_>) -> Option<Finding> {
    let is_it = side.is_true("uselist") && side.direction()? == Direction::ManyToOne && side.data.uselist == Some(true);
    if !is_it || side.declaration.value("primaryjoin").is_some() {
        return None;
    }
    let message =
        format!("`{}` is many-to-one, so its list never holds more than one object; leave `uselist` out", side.label());
    let remove = Change::RemoveArgument { call: side.declaration.call, name: "uselist".into() };
    let is_keyword = side.declaration.arguments.iter().any(|it| it.name == "uselist" && it.keyword.is_some());
    let fix = is_keyword.then(|| Fix::risky("Leave `uselist` out", vec![remove]));
    Some(Finding::new(side.keyword("uselist")?, message).with_fix(fix))
}
