//! A column is given a keyword argument that it does not have.
//!
//! What `Column` does not know itself it takes for an option of a dialect, which are named after it: `mysql_…`.
//! `DialectKWArgs._validate_dialect_kwargs` raises for a keyword that cannot be split so, while the module is being imported.
//! `mapped_column()` hands on to `Column` what it does not know.
//!
//! ## Wrong
//! ```python
//! from sqlalchemy import Column, Integer, String
//! from sqlalchemy.orm import declarative_base
//!
//! Base = declarative_base()
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id = Column(Integer, primary_key=True)
//!     name = Column(String, nulable=False)
//!     #                     ^^^^^^^ error: `Column()` has no parameter `nulable`; did you mean `nullable`?
//! ```
//!
//! ## SQLAlchemy says
//! ```text
//! TypeError: Additional arguments should be named <dialectname>_<argument>, got 'nulable'
//! ```
//!
//! ## Right
//! ```python
//! from sqlalchemy import Column, Integer, String
//! from sqlalchemy.orm import declarative_base
//!
//! Base = declarative_base()
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id = Column(Integer, primary_key=True)
//!     name = Column(String, nullable=False)
//! ```

use crate::prelude::*;
use crate::walker::is_dialect_option;

pub(super) static RULE: Rule = Rule::error(On::ColumnMany(check));

fn check(it: ColumnWalker<'_>) -> Vec<Finding> {
    let Some(call) = it.call else { return Vec::new() };
    let mut res = Vec::new();
    for (name, at, _) in call.keywords(it.db) {
        let Some(at) = at.filter(|_| !it.knows_keyword(name.as_str()) && !is_dialect_option(name.as_str())) else {
            continue;
        };
        let meant = it.keyword_meant(name.as_str());
        let message = format!("`{}()` has no parameter `{name}`{meant}", call.name);
        res.push(Finding::new(at, message).with_fix(meant.fix(at)));
    }
    res
}
