//! `lazy` has a value that SQLAlchemy does not know.
//!
//! Each way of loading is a strategy that is looked up by the value of `lazy`; `StrategizedProperty._strategy_lookup` in
//! `orm/interfaces.py` raises for others when SQLAlchemy configures the mappers.
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
//!     children = relationship("Child", lazy="selectn")
//!     #                                      ^^^^^^^ error: `lazy="selectn"` on `Parent.children` is no way of loading that SQLAlchemy knows; did you mean `select`?
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
//! LoaderStrategyException: Can't find strategy (('lazy', 'selectn'),) for Parent.children
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
//!     children = relationship("Child", lazy="selectin")
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id = Column(Integer, primary_key=True)
//!     parent_id = Column(Integer, ForeignKey("parent.id"))
//! ```

use crate::prelude::*;

pub(super) static RULE: Rule = Rule::error(On::RelationshipMany(check));

fn check(it: RelationshipWalker<'_>) -> Vec<Finding> {
    it.sides().iter().filter_map(found).collect()
}

/// The values that strategies are known by.
const STRATEGIES: [&str; 11] = [
    "baked_select",
    "dynamic",
    "immediate",
    "joined",
    "noload",
    "raise",
    "raise_on_sql",
    "select",
    "selectin",
    "subquery",
    "write_only",
];

fn found(it: &SideWalker<'_>) -> Option<Finding> {
    let (place, lazy) = it.text("lazy")?;
    let is_new = |name: &str| name == "write_only" && it.sqlalchemy() == SqlAlchemy::V1_4;
    // The annotation has the last word.
    if it.declaration.is_dynamic || STRATEGIES.contains(&lazy.as_str()) && !is_new(&lazy) {
        return None;
    }
    let meant = did_you_mean(&lazy, STRATEGIES.into_iter().filter(|it| !is_new(it)));
    let message = format!("`lazy=\"{lazy}\"` on `{}` is no way of loading that SQLAlchemy knows{meant}", it.label());
    let at = Anchor::Expr(place);
    Some(Finding::new(at, message).with_fix(meant.fix(at)))
}
