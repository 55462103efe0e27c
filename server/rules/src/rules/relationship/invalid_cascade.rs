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

use relmodel_model::string_value;

use crate::prelude::*;

pub(super) static RULE: Rule = Rule::error(On::RelationshipMany(check));

/// `CascadeOptions._allowed_cascades` in `orm/util.py`.
const OPTIONS: [&str; 8] =
    ["all", "delete", "delete-orphan", "expunge", "merge", "none", "refresh-expire", "save-update"];

fn check(it: RelationshipWalker<'_>) -> Vec<Finding> {
    let Some(place) = it.declaration.value("cascade") else { return Vec::new() };
    let Some(value) = string_value(it.db, place) else { return Vec::new() };
    let mut res = Vec::new();
    let mut start = 0;
    for part in value.split(',') {
        let word = part.trim();
        let word_start = start + (part.len() - part.trim_start().len());
        start += part.len() + 1;
        if word.is_empty() || OPTIONS.contains(&word) {
            continue;
        }
        let offset = |it: usize| u32::try_from(it).unwrap_or(u32::MAX);
        let at = Anchor::InString(place, offset(word_start), offset(word_start + word.len()));
        let meant = did_you_mean(word, OPTIONS);
        res.push(Finding::new(at, format!("`{word}` is not a cascade option{meant}")).with_fix(meant.fix(at)));
    }
    res
}
