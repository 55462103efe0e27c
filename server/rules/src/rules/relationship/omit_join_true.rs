//! `omit_join=True` is given.
//!
//! SQLAlchemy finds out by itself where `selectin` loading can do without a join, and `omit_join` can only turn that off.
//! `relationship()` warns that the objects may not be loaded correctly.
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
//!     children = relationship("Child", omit_join=True)
//!     #                                ^^^^^^^^^ warning: `omit_join=True` on `Parent.children` is not supported, as SQLAlchemy finds out by itself; take it away
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
//! SAWarning: setting omit_join to True is not supported; selectin loading of this relationship may not work correctly if this flag is set explicitly.  omit_join optimization is automatically detected for conditions under which it is supported.
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
//!     children = relationship("Child")
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id = Column(Integer, primary_key=True)
//!     parent_id = Column(Integer, ForeignKey("parent.id"))
//! ```

use crate::prelude::*;

pub(super) static RULE: Rule = Rule::warning(On::RelationshipMany(check));

fn check(it: RelationshipWalker<'_>) -> Vec<Finding> {
    it.sides().iter().filter_map(found).collect()
}

fn found(it: &SideWalker<'_>) -> Option<Finding> {
    if !it.is_true("omit_join") {
        return None;
    }
    let message = format!(
        "`omit_join=True` on `{}` is not supported, as SQLAlchemy finds out by itself; take it away",
        it.label()
    );
    Some(Finding::new(it.keyword("omit_join")?, message).with_fix(it.without("omit_join")))
}
