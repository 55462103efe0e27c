//! `relationship()` is called with more than two positional arguments.
//!
//! Since 2.0 only the target and `secondary` may be given by position; Python raises a `TypeError` for more while the module is being
//! imported. Release 1.4 took all parameters in order.
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
//!     children = relationship("Child", None, "Parent.id == Child.parent_id")
//!     #                                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: `relationship()` takes two positional arguments since SQLAlchemy 2.0; write `primaryjoin=` in front of this one
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id = Column(Integer, primary_key=True)
//!     parent_id = Column(Integer, ForeignKey("parent.id"))
//! ```
//!
//! ## SQLAlchemy says
//! ```text 2.0 2.1
//! TypeError: relationship() takes from 0 to 2 positional arguments but 3 were given
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
//!     children = relationship("Child", primaryjoin="Parent.id == Child.parent_id")
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id = Column(Integer, primary_key=True)
//!     parent_id = Column(Integer, ForeignKey("parent.id"))
//! ```

use relmodel_facts::{Argument, Expr};
use relmodel_model::library_call;

use crate::prelude::*;

pub(super) static RULE: Rule = Rule::error(On::Relationship(check)).since(SqlAlchemy::V2_0);

fn check(it: RelationshipWalker<'_>) -> Option<Finding> {
    let call = it.declaration.call;
    let Expr::Call { arguments, function } = call.expr(it.db) else { return None };
    let is_plain = matches!(library_call(it.db, call), Some((place, name)) if place == call && name == "relationship");
    // A `functools.partial` has arguments of its own.
    let is_direct = matches!(relmodel_model::evaluate(it.db, call.with(function)), relmodel_model::Value::Library(_));
    if !is_plain || !is_direct || it.declaration.is_open {
        return None;
    }
    let mut positional = arguments.iter().filter_map(|it| match it {
        Argument::Positional(value) => Some(*value),
        _ => None,
    });
    let third = positional.nth(2)?;
    let message = "`relationship()` takes two positional arguments since SQLAlchemy 2.0; write `primaryjoin=` in front of this one";
    Some(Finding::new(Anchor::Expr(call.with(third)), message.to_owned()))
}
