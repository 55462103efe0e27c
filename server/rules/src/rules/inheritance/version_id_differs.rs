//! A class counts the versions of its rows in another column than its parent does.
//!
//! `version_id_col` is inherited. Where a subclass names one of its own, the parent's is no longer counted for its rows;
//! `Mapper._configure_inheritance` says so while the module is being imported.
//!
//! ## Wrong
//! ```python
//! from sqlalchemy import Column, ForeignKey, Integer
//! from sqlalchemy.orm import declarative_base
//!
//! Base = declarative_base()
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id = Column(Integer, primary_key=True)
//!     version = Column(Integer, nullable=False)
//!     __mapper_args__ = {"version_id_col": version}
//!
//!
//! class Child(Parent):
//!     __tablename__ = "child"
//!     id = Column(ForeignKey("parent.id"), primary_key=True)
//!     child_version = Column(Integer, nullable=False)
//!     __mapper_args__ = {"version_id_col": child_version}
//!     #                                    ^^^^^^^^^^^^^ warning: `Parent` counts versions in `version_id_col` already, which `Child` inherits; remove this one
//! ```
//!
//! ## SQLAlchemy says
//! ```text
//! SAWarning: Inheriting version_id_col 'child_version' does not match inherited version_id_col 'version' and will not automatically populate the inherited versioning column. version_id_col should only be specified on the base-most mapper that includes versioning.
//! ```
//!
//! ## Right
//! ```python
//! from sqlalchemy import Column, ForeignKey, Integer
//! from sqlalchemy.orm import declarative_base
//!
//! Base = declarative_base()
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id = Column(Integer, primary_key=True)
//!     version = Column(Integer, nullable=False)
//!     __mapper_args__ = {"version_id_col": version}
//!
//!
//! class Child(Parent):
//!     __tablename__ = "child"
//!     id = Column(ForeignKey("parent.id"), primary_key=True)
//! ```

use relmodel_facts::Expr;
use relmodel_model::{AttributeKind, Value, evaluate, library_call, lineage, own_attribute};

use crate::prelude::*;

pub(super) static RULE: Rule = Rule::warning(On::Class(check));

fn check(it: ClassWalker<'_>) -> Option<Finding> {
    let place = it.mapper_arguments()?.get("version_id_col")?;
    let mut parents = lineage(it.db, it.id).into_iter().skip(1).map(|id| ClassWalker { id, ..it });
    let (parent, inherited) = parents.find_map(|it| Some((it, it.mapper_arguments()?.entry("version_id_col")?)))?;
    let is_given = matches!(inherited.value.expr(it.db), Expr::Name(_) | Expr::Attribute { .. });
    if !is_given || !is_own_column(it, place) {
        return None;
    }
    let message = format!(
        "`{}` counts versions in `version_id_col` already, which `{}` inherits; remove this one",
        parent.name(),
        it.name(),
    );
    Some(Finding::new(Anchor::Expr(place), message).with_related(Anchor::Expr(inherited.value), "the inherited column"))
}

/// Whether a value is a column that the class itself adds.
fn is_own_column(it: ClassWalker<'_>, place: relmodel_model::Place) -> bool {
    let Value::Attribute(class, name) = evaluate(it.db, place) else { return false };
    let Some(attribute) = own_attribute(it.db, it.id, name).filter(|it| !it.is_conditional) else { return false };
    let AttributeKind::Column(call) = attribute.kind else { return false };
    // `use_existing_column` may make it the parent's.
    let is_plain = library_call(it.db, call).is_some_and(|(_, name)| name == "Column");
    class == it.id && is_plain && !attribute.is_declared_attr
}
