//! `synonym` names an attribute that the class does not have.
//!
//! A synonym is a second name of another attribute. SQLAlchemy asks the class for that attribute when the synonym is first used
//! (`SynonymProperty._proxied_object`), and the error that it then raises speaks of a `property` and not of the name that is missing.
//!
//! ## Wrong
//! ```python
//! from sqlalchemy import Column, Integer, String
//! from sqlalchemy.orm import declarative_base, synonym
//!
//! Base = declarative_base()
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id = Column(Integer, primary_key=True)
//!     name = Column(String(20))
//!     title = synonym("nmae")
//!     #                ^^^^ error: `Parent.title` is a synonym of `nmae`, but `Parent` has no such attribute; did you mean `name`?
//! ```
//!
//! ## SQLAlchemy says
//! ```text
//! AttributeError: Neither 'property' object nor unconfigured comparator object associated with Parent.title has an attribute 'property'
//! ```
//!
//! ## Right
//! ```python
//! from sqlalchemy import Column, Integer, String
//! from sqlalchemy.orm import declarative_base, synonym
//!
//! Base = declarative_base()
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id = Column(Integer, primary_key=True)
//!     name = Column(String(20))
//!     title = synonym("name")
//! ```

use relmodel_model::{Name, string_value};

use crate::prelude::*;

pub(super) static RULE: Rule = Rule::error(On::Attribute(check));

fn check(it: AttributeWalker<'_>) -> Option<Finding> {
    let db = it.class.db;
    let call = it.call().filter(|call| call.name == "synonym" && it.is_own() && it.is_effective())?;
    // `map_column=True` maps the column of the synonym's own name under the other one.
    if call.is_open() || call.keyword("map_column").is_some() {
        return None;
    }
    let place = call.leading(0).or_else(|| call.keyword("name"))?;
    let name = Name::from(&string_value(db, place)?);
    if !it.class.lacks_attribute(name) || name.starts_with("__") {
        return None;
    }
    let candidates = it.class.property_names().chain(it.class.relationship_names());
    let meant = did_you_mean(name.as_str(), candidates.filter(|other| it.name() != *other));
    let message =
        format!("`{}` is a synonym of `{name}`, but `{}` has no such attribute{meant}", it.label(), it.class.name());
    let at = Anchor::Expr(place);
    Some(Finding::new(at, message).with_fix(meant.fix(at)))
}
