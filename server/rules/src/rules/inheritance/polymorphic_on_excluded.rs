//! The column that tells the classes of a hierarchy apart is excluded from the mapping.
//!
//! The mapper must read the column named by `polymorphic_on`, so it cannot be among `exclude_properties`.
//! `Mapper._configure_polymorphic_setter` raises while the module is being imported.
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
//!     type = Column(String(20))
//!     __mapper_args__ = {"polymorphic_on": type, "exclude_properties": ["type"]}
//!     #                                                                  ^^^^ error: `Parent` excludes `type`, which its `polymorphic_on` needs; remove it here
//! ```
//!
//! ## SQLAlchemy says
//! ```text 1.4 2.0
//! InvalidRequestError: Cannot exclude or override the discriminator column 'type'
//! ```
//! ```text 2.1
//! SADeprecationWarning: Attribute 'type' declared on class <class 'models.Parent'> is excluded from the mapping by the exclude_properties / include_properties mapper arguments; excluding attributes that are declared on the class is deprecated, and does not reliably remove them from the mapping.  To declare a column that is part of the Table but is not mapped, use the Unmapped[] annotation with unmapped_column().
//! InvalidRequestError: Cannot exclude or override the discriminator column 'type'
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
//!     type = Column(String(20))
//!     __mapper_args__ = {"polymorphic_on": type, "polymorphic_identity": "parent"}
//! ```

use relmodel_facts::Expr;
use relmodel_model::{Value, evaluate, member, string_value};

use crate::prelude::*;

pub(super) static RULE: Rule = Rule::error(On::Class(check));

fn check(it: ClassWalker<'_>) -> Option<Finding> {
    let arguments = it.mapper_arguments()?;
    // A string is looked up among the properties, and is not found there.
    let Value::Attribute(class, name) = evaluate(it.db, arguments.get("polymorphic_on")?) else { return None };
    let list = arguments.get("exclude_properties")?;
    let (Expr::List(excluded) | Expr::Tuple(excluded) | Expr::Set(excluded)) = list.expr(it.db) else { return None };
    let (_, found) = member(it.db, class, name).filter(|_| class == it.id)?;
    let MemberKind::Column(column) = &found.kind else { return None };
    let is_meant = |it_: &relmodel_model::Place| {
        column.key == name && string_value(it.db, *it_).is_some_and(|text| text == column.key.as_str())
    };
    let place = excluded.iter().map(|it| list.with(*it)).find(is_meant)?;
    let message = format!("`{}` excludes `{name}`, which its `polymorphic_on` needs; remove it here", it.name());
    Some(Finding::new(Anchor::Expr(place), message))
}
