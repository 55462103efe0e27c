//! A mapped class has a table without a primary key.
//!
//! The mapper tells rows apart by their primary key, so `Mapper._configure_pks` raises as soon as the class is created, while the
//! module is being imported. The table in the database may do without one; the class then needs `primary_key=True` on the
//! columns that make a row unique.
//!
//! ## Wrong
//! ```python
//! from sqlalchemy import Column, Integer
//! from sqlalchemy.orm import declarative_base
//!
//! Base = declarative_base()
//!
//!
//! class Parent(Base):
//! #     ^^^^^^ error: `Parent` has no primary key; give a column of its table `parent` `primary_key=True`
//!     __tablename__ = "parent"
//!     id = Column(Integer)
//! ```
//!
//! ## SQLAlchemy says
//! ```text 1.4
//! ArgumentError: Mapper mapped class Parent->parent could not assemble any primary key columns for mapped table 'parent'
//! ```
//! ```text 2.0 2.1
//! ArgumentError: Mapper Mapper[Parent(parent)] could not assemble any primary key columns for mapped table 'parent'
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
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id = Column(Integer, primary_key=True)
//! ```
