//! A relationship has both `backref` and `back_populates`.
//!
//! `backref` creates the other side and `back_populates` names one that is written out, so a relationship can have only one of
//! them. `relationship()` raises at once, while the module is being imported.
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
//!     children = relationship("Child", backref="parent", back_populates="parent")
//!     #                                ^^^^^^^ error: `Parent.children` has both `backref` and `back_populates`; remove one of them
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id = Column(Integer, primary_key=True)
//!     parent_id = Column(Integer, ForeignKey("parent.id"))
//!     parent = relationship("Parent", back_populates="children")
//! ```
//!
//! ## SQLAlchemy says
//! ```text
//! ArgumentError: backref and back_populates keyword arguments are mutually exclusive
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
//!     children = relationship("Child", back_populates="parent")
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id = Column(Integer, primary_key=True)
//!     parent_id = Column(Integer, ForeignKey("parent.id"))
//!     parent = relationship("Parent", back_populates="children")
//! ```

use relmodel_model::Name;

use crate::fix::Change;
use crate::mend::{arguments, other_side};
use crate::prelude::*;

pub(super) static RULE: Rule = Rule::error(On::Relationship(check));

fn check(it: RelationshipWalker<'_>) -> Option<Finding> {
    if !it.declaration.has(it.db, "backref") || !it.declaration.has(it.db, "back_populates") {
        return None;
    }
    // A value that is no literal may turn out to be `None`.
    it.declaration.backref(it.db)?;
    it.declaration.name_argument(it.db, "back_populates")?;
    let keyword = it.declaration.arguments.iter().find(|it| it.name == "backref")?.keyword?;
    let message = format!("`{}` has both `backref` and `back_populates`; remove one of them", it.label());
    Some(Finding::new(Anchor::Name(it.declaration.call.item, keyword.at), message).with_fixes(fixes(it)))
}

/// `backref` goes where the other side is written, and `back_populates` where it is not.
fn fixes(it: RelationshipWalker<'_>) -> Vec<Fix> {
    let without = |name: &str| Change::RemoveArgument { call: it.declaration.call, name: Name::from(name) };
    if !arguments::is_its_own(it) {
        return Vec::new();
    }
    let without_backref = |more: Vec<Change>| {
        let changes = std::iter::once(without("backref")).chain(more).collect();
        Fix::safe("Remove `backref`", changes)
    };
    match it.populated() {
        Some((_, _, Some(other))) if it.is_referred_to_by(other) => vec![without_backref(Vec::new())],
        Some((_, name, None)) => {
            let written = other_side::add(it, name).map(|it| without_backref(it.changes).as_risky());
            let made = Fix::risky("Remove `back_populates`", vec![without("back_populates")]);
            std::iter::once(made).chain(written).collect()
        }
        _ => Vec::new(),
    }
}
