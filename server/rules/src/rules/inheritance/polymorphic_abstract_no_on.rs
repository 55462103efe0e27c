//! A class is `polymorphic_abstract`, but nothing tells the classes of its hierarchy apart.
//!
//! `polymorphic_abstract` marks a class that no row belongs to. That means something only below a class with `polymorphic_on`;
//! `Mapper._configure_polymorphic_setter` raises while the module is being imported.
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
//!     __mapper_args__ = {"polymorphic_abstract": True}
//!     #                   ^^^^^^^^^^^^^^^^^^^^ error: `Parent` is `polymorphic_abstract`, but no class of its hierarchy has `polymorphic_on`; add it
//! ```
//!
//! ## SQLAlchemy says
//! ```text 2.0 2.1
//! InvalidRequestError: The Mapper.polymorphic_abstract parameter may only be used on a mapper hierarchy which includes the Mapper.polymorphic_on parameter at the base of the hierarchy.
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
//!     __mapper_args__ = {"polymorphic_abstract": True, "polymorphic_on": type}
//! ```

use relmodel_facts::Expr;
use relmodel_model::lineage;

use crate::prelude::*;
use crate::walker::key_anchor;

pub(super) static RULE: Rule = Rule::error(On::Class(check)).since(SqlAlchemy::V2_0);

fn check(it: ClassWalker<'_>) -> Option<Finding> {
    let entry = it.mapper_arguments()?.entry("polymorphic_abstract")?;
    let lacks_discriminator = |id| {
        let arguments = ClassWalker { id, ..it }.mapper_arguments();
        arguments.is_some_and(|arguments| arguments.lacks(it.db, "polymorphic_on"))
    };
    let is_alone = lineage(it.db, it.id).into_iter().all(lacks_discriminator);
    if entry.value.expr(it.db) != Expr::True || !is_alone || it.is_open() {
        return None;
    }
    let message = format!(
        "`{}` is `polymorphic_abstract`, but no class of its hierarchy has `polymorphic_on`; add it",
        it.name(),
    );
    Some(Finding::new(key_anchor(entry.at), message))
}
