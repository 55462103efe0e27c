//! `back_populates` has a value that names no attribute.
//!
//! It is the name of the relationship on the other side or, since 2.1, that relationship itself or a function that returns it.
//! `RelationshipProperty._generate_backref` of 2.1 raises for other values when SQLAlchemy configures the mappers.
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
//!     children = relationship("Child", back_populates=True)
//!     #                                               ^^^^ error: `back_populates` of `Parent.children` takes the name of a relationship of `Child`
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id = Column(Integer, primary_key=True)
//!     parent_id = Column(Integer, ForeignKey("parent.id"))
//!     parent = relationship("Parent")
//! ```
//!
//! ## SQLAlchemy says
//! ```text 2.1
//! ArgumentError: Invalid back_populates value: True
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
//!     children = relationship("Child", back_populates="parent")
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id = Column(Integer, primary_key=True)
//!     parent_id = Column(Integer, ForeignKey("parent.id"))
//!     parent = relationship("Parent", back_populates="children")
//! ```

use crate::prelude::*;

pub(super) static RULE: Rule = Rule::error(On::Relationship(check)).since(SqlAlchemy::V2_1);

fn check(it: RelationshipWalker<'_>) -> Option<Finding> {
    let own = it.sides().into_iter().next().filter(|it| it.is_literal("back_populates"))?;
    let place = own.declaration.value("back_populates")?;
    let target = it.target()?;
    let message =
        format!("`back_populates` of `{}` takes the name of a relationship of `{}`", own.label(), target.name());
    Some(Finding::new(Anchor::Expr(place), message))
}
