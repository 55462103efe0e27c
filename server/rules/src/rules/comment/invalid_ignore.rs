//! A comment that shall keep findings from being reported cannot be understood.
//!
//! It names a code that no rule has, uses a word other than `ignore` and `ignore-file`, does not close its list, or speaks
//! of the file below its first statement. So it keeps nothing from being reported. In `# noqa`, codes that are near to none
//! of relmodel's are those of other programs. SQLAlchemy does not read comments.
//!
//! ## Wrong
//! ```python
//! from sqlalchemy import Column, Integer
//! from sqlalchemy.orm import declarative_base
//!
//! Base = declarative_base()
//!
//!
//! class Parent(Base):  # relmodel: ignore[no-primry-key]
//! #                                       ^^^^^^^^^^^^^ hint: there is no rule `no-primry-key`; did you mean `no-primary-key`?
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
