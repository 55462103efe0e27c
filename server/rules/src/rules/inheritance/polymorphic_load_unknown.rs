//! `polymorphic_load` is neither `inline` nor `selectin`.
//!
//! It says how the columns of a subclass are loaded when objects of its parent are asked for. `Mapper._configure_inheritance` knows these
//! two words and raises at any other, while the module is being imported.
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
//!     __mapper_args__ = {"polymorphic_identity": "child", "polymorphic_load": "selectinload"}
//!     #                                                                        ^^^^^^^^^^^^ error: `polymorphic_load` must be `inline` or `selectin`, not `selectinload`
//! ```
//!
//! ## SQLAlchemy says
//! ```text
//! ArgumentError: unknown argument for polymorphic_load: 'selectinload'
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
//!     __mapper_args__ = {"polymorphic_identity": "child", "polymorphic_load": "selectin"}
//! ```

use relmodel_facts::Expr;
use relmodel_model::inheritance;

use crate::prelude::*;

pub(super) static RULE: Rule = Rule::error(On::Class(check));

fn check(it: ClassWalker<'_>) -> Option<Finding> {
    // Of a class that inherits from none, nobody asks.
    it.mapped_parent()?;
    let place = it.mapper_arguments()?.get("polymorphic_load")?;
    let Expr::String(text) = place.expr(it.db) else { return None };
    let is_known = matches!(&*text.value, "inline" | "selectin" | "");
    if is_known || inheritance(it.db, it.id) == Inheritance::Concrete {
        return None;
    }
    let message = format!("`polymorphic_load` must be `inline` or `selectin`, not `{}`", text.value);
    let at = Anchor::Expr(place);
    Some(Finding::new(at, message).with_fix(did_you_mean(&text.value, ["inline", "selectin"]).fix(at)))
}
