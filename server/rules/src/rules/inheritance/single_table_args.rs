//! A class that shares its parent's table has `__table_args__`.
//!
//! They say what a table has besides its columns, and a class without `__tablename__` has no table of its own. `_setup_inheriting_columns`
//! raises while the module is being imported. Constraints on the columns of such a class belong to the parent's `__table_args__`.
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
//!     __mapper_args__ = {"polymorphic_on": type, "polymorphic_identity": "parent"}
//!
//!
//! class Child(Parent):
//!     __mapper_args__ = {"polymorphic_identity": "child"}
//!     __table_args__ = {"comment": "children"}
//! #   ^^^^^^^^^^^^^^ error: `Child` has no table of its own for `__table_args__`; add `__tablename__`, or move them to `Parent`
//! ```
//!
//! ## SQLAlchemy says
//! ```text
//! ArgumentError: Can't place __table_args__ on an inherited class with no table.
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
//!
//!
//! class Child(Parent):
//!     __mapper_args__ = {"polymorphic_identity": "child"}
//! ```

use relmodel_facts::Expr;
use relmodel_model::{Framework, Name, class_info, inheritance, is_imperative, own_attribute};

use crate::prelude::*;

pub(super) static RULE: Rule = Rule::error(On::Class(check));

fn check(it: ClassWalker<'_>) -> Option<Finding> {
    let is_plain = class_info(it.db, it.id).framework == Framework::None && !it.is_open();
    if !is_plain || is_imperative(it.db, it.id) || inheritance(it.db, it.id) != Inheritance::Single {
        return None;
    }
    // Of a mixin, they count where there is a table.
    let own = own_attribute(it.db, it.id, Name::from("__table_args__")).filter(|it| !it.is_conditional)?;
    let has_any = match own.value_place(it.db, it.id, it.id)?.expr(it.db) {
        Expr::Dict(pairs) => !pairs.is_empty(),
        Expr::Tuple(elements) => !elements.is_empty(),
        _ => false,
    };
    let message = format!(
        "`{}` has no table of its own for `__table_args__`; add `__tablename__`, or move them to `{}`",
        it.name(),
        it.mapped_parent()?.name(),
    );
    has_any.then(|| Finding::new(Anchor::Attribute(it.id, own.at), message))
}
