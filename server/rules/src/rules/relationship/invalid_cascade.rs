//! The `cascade` of a relationship holds a word that is no cascade option.
//!
//! `CascadeOptions` splits the string at commas and compares each word, as it is written, with `all`, `delete`, `delete-orphan`,
//! `expunge`, `merge`, `none`, `refresh-expire` and `save-update`. It raises while the module is being imported.
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
//!     children = relationship("Child", cascade="all, delete_orphan")
//!     #                                              ^^^^^^^^^^^^^ error: `delete_orphan` is not a cascade option; did you mean `delete-orphan`?
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
//! ArgumentError: Invalid cascade option(s): 'delete_orphan'
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
//!     children = relationship("Child", cascade="all, delete-orphan")
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id = Column(Integer, primary_key=True)
//!     parent_id = Column(Integer, ForeignKey("parent.id"))
//! ```
