//! `@validates` names an attribute that the mapper does not have.
//!
//! The mapper keeps validators by the names of its attributes and asks them where those are set. Nobody ever asks for a name that
//! no attribute has, so the method is never called, and SQLAlchemy says nothing. A validator in a mixin is not looked at: it may
//! serve other classes.
//!
//! ## Wrong
//! ```python
//! from sqlalchemy import Column, Integer, String
//! from sqlalchemy.orm import declarative_base, validates
//!
//! Base = declarative_base()
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id = Column(Integer, primary_key=True)
//!     name = Column(String(20))
//!
//!     @validates("nmae")
//!     #           ^^^^ hint: `Parent` has no mapped attribute `nmae`, so `check` is never called; did you mean `name`?
//!     def check(self, key, value):
//!         return value
//! ```
//!
//! ## SQLAlchemy says
//! ```text
//!
//! ```
//!
//! ## Right
//! ```python
//! from sqlalchemy import Column, Integer, String
//! from sqlalchemy.orm import declarative_base, validates
//!
//! Base = declarative_base()
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id = Column(Integer, primary_key=True)
//!     name = Column(String(20))
//!
//!     @validates("name")
//!     def check(self, key, value):
//!         return value
//! ```

use relmodel_model::Name;

use crate::prelude::*;

pub(super) static RULE: Rule = Rule::hint(On::ClassMany(check));

fn check(it: ClassWalker<'_>) -> Vec<Finding> {
    let mut res = Vec::new();
    for attribute in it.attributes().filter(|it| it.is_own()) {
        for (place, text) in attribute.validated() {
            let name = Name::from(&text);
            // Classes below inherit the validator.
            if !it.lacks_attribute(name) {
                continue;
            }
            let meant = did_you_mean(&text, it.property_names().chain(it.relationship_names()));
            let message = format!(
                "`{}` has no mapped attribute `{text}`, so `{}` is never called{meant}",
                it.name(),
                attribute.name(),
            );
            let at = Anchor::Expr(place);
            res.push(Finding::new(at, message).with_fix(meant.fix(at)));
        }
    }
    res
}
