//! A `ForeignKey` refers to a column that its table does not have.
//!
//! `ForeignKey.column` looks the column up by its name in the table, which may differ from the attribute's name, and raises if
//! there is none: when SQLAlchemy configures the mappers if a relationship needs the foreign key, else at the first use such as
//! `create_all()`.
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
//!     children = relationship("Child")
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id = Column(Integer, primary_key=True)
//!     parent_id = Column(Integer, ForeignKey("parent.pk"))
//!     #                                              ^^ error: `child.parent_id` refers to `parent.pk`, but the table `parent` has no column `pk`; its primary key is `id`
//! ```
//!
//! ## SQLAlchemy says
//! ```text
//! NoReferencedColumnError: Could not initialize target column for ForeignKey 'parent.pk' on table 'child': table 'parent' has no column named 'pk'
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
//!     children = relationship("Child")
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id = Column(Integer, primary_key=True)
//!     parent_id = Column(Integer, ForeignKey("parent.id"))
//! ```
