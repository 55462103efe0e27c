//! `back_populates` names an attribute that the target class does not have.
//!
//! `RelationshipProperty._add_reverse_property` asks the target's mapper for the attribute when SQLAlchemy configures the mappers,
//! and the mapper raises if there is none. SQLAlchemy makes no attribute of that name by itself, as it does for `backref`:
//! the other side has to be written on the target class.
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
//!     children = relationship("Child", back_populates="parnt")
//!     #                                                ^^^^^ error: `Child` has no attribute `parnt` for `Parent.children` to populate; did you mean `parent`?
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id = Column(Integer, primary_key=True)
//!     parent_id = Column(Integer, ForeignKey("parent.id"))
//!     parent = relationship("Parent", back_populates="children")
//! ```
//!
//! ## SQLAlchemy says
//! ```text 1.4
//! InvalidRequestError: Mapper 'mapped class Child->child' has no property 'parnt'
//! ```
//! ```text 2.0 2.1
//! InvalidRequestError: Mapper 'Mapper[Child(child)]' has no property 'parnt'.  If this property was indicated from other mappers or configure events, ensure registry.configure() has been called.
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
