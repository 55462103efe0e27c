//! A class declares an attribute and excludes it from its mapping.
//!
//! `exclude_properties` and `include_properties` are for columns that a table brings with it. 2.1 deprecates them for attributes that
//! the class itself declares (`Mapper._warn_for_excluded_declared_attr`), since the column stays in the table all the same. There,
//! `unmapped_column()` adds one that is not mapped.
//!
//! ## Wrong
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
//!     secret = Column(Integer)
//!     __mapper_args__ = {"exclude_properties": ["secret"]}
//!     #                                          ^^^^^^ hint: `Parent` declares `secret` itself; use `unmapped_column()` instead of excluding it
//! ```
//!
//! ## SQLAlchemy says
//! ```text 2.1
//! SADeprecationWarning: Attribute 'secret' declared on class <class 'models.Parent'> is excluded from the mapping by the exclude_properties / include_properties mapper arguments; excluding attributes that are declared on the class is deprecated, and does not reliably remove them from the mapping.  To declare a column that is part of the Table but is not mapped, use the Unmapped[] annotation with unmapped_column().
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

use relmodel_facts::Expr;
use relmodel_model::{Name, Value, evaluate, own_attribute, string_value};

use crate::prelude::*;

pub(super) static RULE: Rule = Rule::hint(On::ClassMany(check)).since(SqlAlchemy::V2_1);

fn check(it: ClassWalker<'_>) -> Vec<Finding> {
    let mut res = Vec::new();
    let Some(list) = it.mapper_arguments().and_then(|it| it.get("exclude_properties")) else { return res };
    let (Expr::List(excluded) | Expr::Tuple(excluded) | Expr::Set(excluded)) = list.expr(it.db) else { return res };
    for place in excluded.iter().map(|it| list.with(*it)) {
        let Some(text) = string_value(it.db, place) else { continue };
        let name = Name::from(&text);
        // The column that tells classes apart cannot be excluded at all.
        if is_discriminator(it, name) {
            continue;
        }
        let declared = it.attributes().find(|it| it.name() == name && it.is_certain());
        let is_column = |it: AttributeWalker<'_>| matches!(it.member().map(|it| &it.kind), Some(MemberKind::Column(_)));
        if own_attribute(it.db, it.id, name).is_none() || !declared.is_some_and(is_column) {
            continue;
        }
        let message =
            format!("`{}` declares `{text}` itself; use `unmapped_column()` instead of excluding it", it.name());
        res.push(Finding::new(Anchor::Expr(place), message));
    }
    res
}

fn is_discriminator(it: ClassWalker<'_>, name: Name) -> bool {
    let discriminator = it.mapper_arguments().and_then(|it| it.get("polymorphic_on"));
    discriminator.is_some_and(|place| evaluate(it.db, place) == Value::Attribute(it.id, name))
}
