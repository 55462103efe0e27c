//! A relationship that only views has an argument about writing.
//!
//! `viewonly=True` writes nothing to the database, so `passive_deletes`, `passive_updates`, `enable_typechecks`, `active_history` and
//! `cascade_backrefs` could do nothing. `RelationshipProperty._warn_for_persistence_only_flags` warns of them.
//!
//! ## Wrong
//! ```python
//! from sqlalchemy import Column, ForeignKey, Integer
//! from sqlalchemy.orm import declarative_base, relationship
//!
//! Base = declarative_base()
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id = Column(Integer, primary_key=True)
//!     children = relationship("Child", viewonly=True, passive_deletes=True)
//!     #                                               ^^^^^^^^^^^^^^^ warning: `passive_deletes` does nothing on `Parent.children`, as `viewonly=True` writes nothing; take it away
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id = Column(Integer, primary_key=True)
//!     parent_id = Column(Integer, ForeignKey("parent.id"))
//! ```
//!
//! ## SQLAlchemy says
//! ```text
//! SAWarning: Setting passive_deletes on relationship() while also setting viewonly=True does not make sense, as a viewonly=True relationship does not perform persistence operations. This configuration may raise an error in a future release.
//! ```
//!
//! ## Right
//! ```python
//! from sqlalchemy import Column, ForeignKey, Integer
//! from sqlalchemy.orm import declarative_base, relationship
//!
//! Base = declarative_base()
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id = Column(Integer, primary_key=True)
//!     children = relationship("Child", viewonly=True)
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id = Column(Integer, primary_key=True)
//!     parent_id = Column(Integer, ForeignKey("parent.id"))
//! ```

use relmodel_facts::Expr;

use crate::prelude::*;

pub(super) static RULE: Rule = Rule::warning(On::RelationshipMany(check));

/// The parameters, and the values that they have by themselves (`RelationshipProperty._persistence_only`).
const FLAGS: [(&str, bool); 5] = [
    ("passive_deletes", false),
    ("passive_updates", true),
    ("enable_typechecks", true),
    ("active_history", false),
    ("cascade_backrefs", true),
];

fn check(it: RelationshipWalker<'_>) -> Vec<Finding> {
    let sides = it.sides();
    let Some(own) = sides.first().filter(|it| it.is_true("viewonly")) else { return Vec::new() };
    let mut res = Vec::new();
    for (parameter, default) in FLAGS {
        let Some(value) = own.declaration.value(parameter) else { continue };
        // Since 2.0 it is false by itself, and cannot be true.
        let is_gone = parameter == "cascade_backrefs" && it.sqlalchemy() != SqlAlchemy::V1_4;
        let is_other = match value.expr(it.db) {
            Expr::True => !default,
            Expr::False => default,
            Expr::String(_) => true,
            _ => false,
        };
        if is_gone || !is_other {
            continue;
        }
        let message =
            format!("`{parameter}` does nothing on `{}`, as `viewonly=True` writes nothing; take it away", own.label());
        let finding = |at| Finding::new(at, message).with_fix(own.without(parameter));
        res.extend(own.keyword(parameter).map(finding));
    }
    res
}
