//! A `backref` would create an attribute that the target class already has.
//!
//! `RelationshipProperty._generate_backref` adds the other side to the target's mapper when SQLAlchemy configures the mappers. It raises
//! when that mapper, or one it inherits from or that inherits from it, has a property of the same name: a column, a
//! relationship, or the backref of another relationship.
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
//!     children = relationship("Child", backref="parent")
//!     #                                         ^^^^^^ error: `Parent.children` cannot create the backref `parent`, because `Child` already has an attribute of that name; use `back_populates` on both sides
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
//! ```text 1.4
//! ArgumentError: Error creating backref 'parent' on relationship 'Parent.children': property of that name exists on mapper 'mapped class Child->child'
//! ```
//! ```text 2.0 2.1
//! ArgumentError: Error creating backref 'parent' on relationship 'Parent.children': property of that name exists on mapper 'Mapper[Child(child)]'
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
