//! `__table_args__` is neither a tuple nor a dictionary.
//!
//! `_ClassScanMapperConfig._scan_attributes` raises as soon as the class is created, while the module is being imported. Most often
//! the comma behind a single constraint is missing: without it the parentheses make no tuple.
//!
//! ## Wrong
//! ```python
//! from sqlalchemy import Column, Integer, String, UniqueConstraint
//! from sqlalchemy.orm import declarative_base
//!
//! Base = declarative_base()
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id = Column(Integer, primary_key=True)
//!     name = Column(String)
//!     __table_args__ = (UniqueConstraint("name"))
//!     #                 ^^^^^^^^^^^^^^^^^^^^^^^^ error: `__table_args__` of `Parent` is a single `UniqueConstraint`, not a tuple or a dictionary; a tuple of one has a comma: `(…,)`
//! ```
//!
//! ## SQLAlchemy says
//! ```text
//! ArgumentError: __table_args__ value must be a tuple, dict, or None
//! ```
//!
//! ## Right
//! ```python
//! from sqlalchemy import Column, Integer, String, UniqueConstraint
//! from sqlalchemy.orm import declarative_base
//!
//! Base = declarative_base()
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id = Column(Integer, primary_key=True)
//!     name = Column(String)
//!     __table_args__ = (UniqueConstraint("name"),)
//! ```

use relmodel_facts::Expr;
use relmodel_model::{Place, table_args};

use crate::fix::Change;
use crate::prelude::*;
use crate::walker::{Call, described};

pub(super) static RULE: Rule = Rule::error(On::Class(check));

fn check(it: ClassWalker<'_>) -> Option<Finding> {
    let place = table_args(it.db, it.id).filter(|_| it.is_declarative())?;
    let (what, advice) = wrong(it, place)?;
    let wrap = Change::Wrap { place, before: "(".to_owned(), after: ",)".to_owned() };
    let fix = (!advice.is_empty()).then(|| Fix::safe("Make a tuple of it", vec![wrap]));
    let message = format!("`__table_args__` of `{}` is {what}, not a tuple or a dictionary{advice}", it.name());
    Some(Finding::new(Anchor::Expr(place), message).with_fix(fix))
}

/// What it is, in words, and what to do.
fn wrong(it: ClassWalker<'_>, place: Place) -> Option<(String, String)> {
    // An empty one is passed over.
    let is_empty = place.read(it.db, |_, expr| match expr {
        Expr::List(elements) | Expr::Set(elements) => elements.is_empty(),
        Expr::Tuple(_) | Expr::Dict(_) | Expr::None | Expr::Lambda { .. } => true,
        _ => false,
    });
    if is_empty {
        return None;
    }
    let constraints = ["CheckConstraint", "ForeignKeyConstraint", "Index", "PrimaryKeyConstraint", "UniqueConstraint"];
    match Call::reached(it.db, place) {
        Some(call) if constraints.contains(&call.name.as_str()) => {
            Some((format!("a single `{}`", call.name), "; a tuple of one has a comma: `(…,)`".to_owned()))
        }
        Some(_) => None,
        None => Some((described(it.db, place)?, String::new())),
    }
}
