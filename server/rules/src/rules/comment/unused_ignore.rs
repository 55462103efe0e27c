//! A comment keeps findings from being reported where there are none.
//!
//! `# relmodel: ignore[code]` holds for its line, `# relmodel: ignore-file[code]` above the first statement for the file, and
//! `# noqa: code` for its line too. One that outlives its finding would hide the next one that comes there. SQLAlchemy does
//! not read comments.
//!
//! ## Wrong
//! ```python
//! from sqlalchemy import Column, Integer
//! from sqlalchemy.orm import declarative_base
//!
//! Base = declarative_base()
//!
//!
//! class Parent(Base):  # relmodel: ignore[no-primary-key]
//! #                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ hint: `no-primary-key` is not found on this line; there is nothing to ignore
//!     __tablename__ = "parent"
//!     id = Column(Integer, primary_key=True)
//! ```
//! ## SQLAlchemy says
//! ```text
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
use crate::prelude::*;

pub(super) static RULE: Rule = Rule::hint(On::Comment);
