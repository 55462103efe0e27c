//! `polymorphic_on` names an attribute that the mapper does not have.
//!
//! A string there is the name of a mapped attribute of the class or its parents, not that of a column in the database.
//! `Mapper._configure_polymorphic_setter` looks it up while the module is being imported, and raises.
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
//!     type_ = Column("type", String(20))
//!     __mapper_args__ = {"polymorphic_on": "type"}
//!     #                                     ^^^^ error: `Parent` has no mapped attribute `type` for `polymorphic_on`; did you mean `type_`?
//! ```
//!
//! ## SQLAlchemy says
//! ```text
//! ArgumentError: Can't determine polymorphic_on value 'type' - no attribute is mapped to this name.
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
//!     type_ = Column("type", String(20))
//!     __mapper_args__ = {"polymorphic_on": "type_"}
//! ```

use relmodel_facts::Expr;
use relmodel_model::Name;

use crate::prelude::*;

pub(super) static RULE: Rule = Rule::error(On::Class(check));

fn check(it: ClassWalker<'_>) -> Option<Finding> {
    let place = it.mapper_arguments()?.get("polymorphic_on")?;
    let Expr::String(text) = place.expr(it.db) else { return None };
    if !it.lacks_property(Name::from(&text.value)) {
        return None;
    }
    let meant = did_you_mean(&text.value, it.property_names());
    let message = format!("`{}` has no mapped attribute `{}` for `polymorphic_on`{meant}", it.name(), text.value);
    let at = Anchor::Expr(place);
    Some(Finding::new(at, message).with_fix(meant.fix(at)))
}
