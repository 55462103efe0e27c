//! `back_populates` names a relationship that leads to a third class.
//!
//! The two sides of a bidirectional relationship must point at each other. `RelationshipProperty._add_reverse_property` checks, when
//! SQLAlchemy configures the mappers, that the target of the named relationship is the class that names it or shares its
//! hierarchy, and raises if it is not.
//!
//! ## Wrong
//! ```python
//! from sqlalchemy import Column, ForeignKey, Integer
//! from sqlalchemy.orm import declarative_base, relationship
//!
//! Base = declarative_base()
//!
//!
//! class Owner(Base):
//!     __tablename__ = "owner"
//!     id = Column(Integer, primary_key=True)
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id = Column(Integer, primary_key=True)
//!     children = relationship("Child", back_populates="owner")
//!     #                                                ^^^^^ error: `Parent.children` cannot populate `Child.owner`, which refers to `Owner` and not to `Parent`; name a relationship of `Child` that refers to `Parent`
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id = Column(Integer, primary_key=True)
//!     owner_id = Column(Integer, ForeignKey("owner.id"))
//!     owner = relationship("Owner")
//!     parent_id = Column(Integer, ForeignKey("parent.id"))
//! ```
//!
//! ## SQLAlchemy says
//! ```text 1.4
//! ArgumentError: reverse_property 'owner' on relationship Parent.children references relationship Child.owner, which does not reference mapper mapped class Parent->parent
//! ```
//! ```text 2.0 2.1
//! ArgumentError: reverse_property 'owner' on relationship Parent.children references relationship Child.owner, which does not reference mapper Mapper[Parent(parent)]
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
//! class Owner(Base):
//!     __tablename__ = "owner"
//!     id = Column(Integer, primary_key=True)
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
//!     owner_id = Column(Integer, ForeignKey("owner.id"))
//!     owner = relationship("Owner")
//!     parent_id = Column(Integer, ForeignKey("parent.id"))
//!     parent = relationship("Parent", back_populates="children")
//! ```

use relmodel_model::relationship;

use crate::prelude::*;
use crate::walker::{attribute_anchor, label};

pub(super) static RULE: Rule = Rule::error(On::Relationship(check));

fn check(it: RelationshipWalker<'_>) -> Option<Finding> {
    let (place, name, populated) = it.populated()?;
    let populated = populated?;
    let (parent, target) = (it.parent(), it.target()?);
    let other = relationship(it.db, populated).as_ref()?.target_class()?;
    if it.is_referred_to_by(populated) {
        return None;
    }
    let message = format!(
        "`{}` cannot populate `{}`, which refers to `{}` and not to `{}`; name a relationship of `{}` that refers to `{}`",
        it.label(),
        label(it.db, populated),
        other.name(it.db),
        parent.name(),
        target.name(),
        parent.name(),
    );
    let fix = match it.candidates().as_slice() {
        [only] => Suggestion::of(&name, only).fix(Anchor::Expr(place)),
        _ => None,
    };
    let mut res = Finding::new(Anchor::Expr(place), message).with_fix(fix);
    if let Some(at) = attribute_anchor(it.db, populated) {
        res = res.with_related(at, format!("refers to `{}`", other.name(it.db)));
    }
    Some(res)
}
