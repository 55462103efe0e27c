//! `composite` names an attribute that the class does not have.
//!
//! A composite made of attributes names them, and the mapper looks the names up when it is configured (`CompositeProperty.props`).
//! They are names of attributes, not of columns in the database.
//!
//! ## Wrong
//! ```python
//! from sqlalchemy import Column, Integer
//! from sqlalchemy.orm import declarative_base, composite
//!
//! Base = declarative_base()
//!
//!
//! class Point:
//!     def __init__(self, x, y):
//!         self.x, self.y = x, y
//!
//!     def __composite_values__(self):
//!         return self.x, self.y
//!
//!
//! class Corner(Base):
//!     __tablename__ = "corner"
//!     id = Column(Integer, primary_key=True)
//!     x = Column(Integer)
//!     y = Column(Integer)
//!     place = composite(Point, "x", "z")
//!     #                              ^ error: `Corner.place` is made of `z`, but `Corner` has no attribute of that name; did you mean `y`?
//! ```
//!
//! ## SQLAlchemy says
//! ```text 1.4
//! InvalidRequestError: Mapper 'mapped class Corner->corner' has no property 'z'
//! ```
//! ```text 2.0 2.1
//! InvalidRequestError: Mapper 'Mapper[Corner(corner)]' has no property 'z'.  If this property was indicated from other mappers or configure events, ensure registry.configure() has been called.
//! ```
//!
//! ## Right
//! ```python
//! from sqlalchemy import Column, Integer
//! from sqlalchemy.orm import declarative_base, composite
//!
//! Base = declarative_base()
//!
//!
//! class Point:
//!     def __init__(self, x, y):
//!         self.x, self.y = x, y
//!
//!     def __composite_values__(self):
//!         return self.x, self.y
//!
//!
//! class Corner(Base):
//!     __tablename__ = "corner"
//!     id = Column(Integer, primary_key=True)
//!     x = Column(Integer)
//!     y = Column(Integer)
//!     place = composite(Point, "x", "y")
//! ```

use relmodel_model::{Name, Place, string_value};

use crate::prelude::*;

pub(super) static RULE: Rule = Rule::error(On::Attribute(check));

fn check(it: AttributeWalker<'_>) -> Option<Finding> {
    let db = it.class.db;
    let call = it.call().filter(|call| call.name == "composite" && it.is_effective())?;
    let is_unknown = |place: Place| {
        let name = Name::from(&string_value(db, place)?);
        it.class.lacks_attribute(name).then_some((place, name))
    };
    let (place, name) = call.positional().find_map(is_unknown)?;
    let is_free = |other: &&str| call.positional().all(|it| string_value(db, it).is_none_or(|it| it != **other));
    let meant = did_you_mean(name.as_str(), it.class.column_names().into_iter().filter(is_free));
    let message = format!(
        "`{}` is made of `{name}`, but `{}` has no attribute of that name{meant}",
        it.label(),
        it.class.name(),
    );
    let at = Anchor::Expr(place);
    Some(Finding::new(at, message).with_fix(meant.fix(at)))
}
