//! A comma behind a column makes it a tuple.
//!
//! Python reads `name = Column(...),` as a tuple of one element. `_ClassScanMapperConfig._extract_mappable_attributes` warns while the
//! module is being imported and passes the attribute over: the class has no such column or relationship.
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
//!     name = Column(String),
//! #   ^^^^ warning: the comma behind `Parent.name` makes it a tuple, not a column, and SQLAlchemy passes it over; take the comma away
//! ```
//!
//! ## SQLAlchemy says
//! ```text
//! SAWarning: Ignoring declarative-like tuple value of attribute 'name': possibly a copy-and-paste error with a comma accidentally placed at the end of the line?
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
//!     name = Column(String)
//! ```

use crate::prelude::*;

pub(super) static RULE: Rule = Rule::warning(On::Attribute(check));

fn check(it: AttributeWalker<'_>) -> Option<Finding> {
    let what = it.in_tuple()?;
    // Where the class has no primary key in consequence, that is told.
    if !it.is_certain() || !it.is_own() || it.class.lacks_key() {
        return None;
    }
    let message = format!(
        "the comma behind `{}` makes it a tuple, not a {what}, and SQLAlchemy passes it over; take the comma away",
        it.label(),
    );
    Some(Finding::new(it.anchor(), message).with_fix(it.without_comma()))
}
