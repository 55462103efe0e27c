//! A mapped class says nothing about its table.
//!
//! Every class below a declarative base is mapped. As soon as it is created, while the module is being imported, `decl_base` looks
//! for `__tablename__` or `__table__` in the class and in what it inherits from, and raises if there is neither. A class that is
//! not meant to be mapped says so with `__abstract__ = True`, or is a mixin beside the base.
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
//! #     ^^^^^^ error: `Parent` has neither `__tablename__` nor `__table__`; add `__tablename__ = "parent"`
//!     id = Column(Integer, primary_key=True)
//! ```
//!
//! ## SQLAlchemy says
//! ```text
//! InvalidRequestError: Class <class 'models.Parent'> does not have a __table__ or __tablename__ specified and does not inherit from an existing table-mapped class.
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
