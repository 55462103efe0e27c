//! Two relationships that populate each other have the same direction.
//!
//! One side of a pair holds the foreign key and the other is referred to, so one must be ONETOMANY and the other MANYTOONE. A
//! class that refers to itself shows nothing of this by its columns: both sides are taken for ONETOMANY until `remote_side`
//! marks the many-to-one side. `RelationshipProperty._add_reverse_property` raises when SQLAlchemy configures the mappers, at the
//! second of the two relationships.
//!
//! ## Wrong
//! ```python
//! from sqlalchemy import Column, ForeignKey, Integer
//! from sqlalchemy.orm import declarative_base, relationship
//!
//! Base = declarative_base()
//!
//!
//! class Node(Base):
//!     __tablename__ = "node"
//!     id = Column(Integer, primary_key=True)
//!     parent_id = Column(Integer, ForeignKey("node.id"))
//!     children = relationship("Node", back_populates="parent")
//!     parent = relationship("Node", back_populates="children")
//!     #                                             ^^^^^^^^ error: `Node.parent` and its reverse `Node.children` are both ONETOMANY; add `remote_side` on the many-to-one side
//! ```
//!
//! ## SQLAlchemy says
//! ```text 1.4
//! ArgumentError: Node.children and back-reference Node.parent are both of the same direction symbol('ONETOMANY').  Did you mean to set remote_side on the many-to-one side ?
//! ```
//! ```text 2.0 2.1
//! ArgumentError: Node.children and back-reference Node.parent are both of the same direction <RelationshipDirection.ONETOMANY: 1>.  Did you mean to set remote_side on the many-to-one side ?
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
//! class Node(Base):
//!     __tablename__ = "node"
//!     id = Column(Integer, primary_key=True)
//!     parent_id = Column(Integer, ForeignKey("node.id"))
//!     children = relationship("Node", back_populates="parent")
//!     parent = relationship("Node", back_populates="children", remote_side=[id])
//! ```

use relmodel_model::{Direction, RelationshipId, relationship};

use crate::prelude::*;
use crate::walker::{attribute_anchor, label};

pub(super) static RULE: Rule = Rule::error(On::Relationship(check));

fn check(it: RelationshipWalker<'_>) -> Option<Finding> {
    let direction = it.data.direction().filter(|it| *it != Direction::ManyToMany)?;
    let (place, other) = other_side(it)?;
    let reverse = relationship(it.db, other).as_ref()?;
    // One that leads to a third class is another rule's.
    if reverse.direction()? != direction || !it.is_referred_to_by(other) || it.comes_before_its_reverse(other) {
        return None;
    }
    let message = format!(
        "`{}` and its reverse `{}` are both {}; add `remote_side` on the many-to-one side",
        it.label(),
        label(it.db, other),
        direction.as_str(),
    );
    let mut res = Finding::new(Anchor::Expr(place), message);
    if let Some(at) = attribute_anchor(it.db, other).filter(|_| other.backref_of(it.db).is_none()) {
        res = res.with_related(at, format!("{} too", direction.as_str()));
    }
    Some(res)
}

/// The relationship that `back_populates` names or `backref` makes, and the string that says so.
fn other_side(it: RelationshipWalker<'_>) -> Option<(relmodel_model::Place, RelationshipId)> {
    if let Some((place, _, populated)) = it.populated() {
        return Some((place, populated?));
    }
    let (name, _) = it.declaration.backref(it.db)?;
    let made = relmodel_model::reverse(it.db, it.id).iter().find(|other| {
        other.backref_of(it.db) == Some((it.id.parent(it.db), it.id.key(it.db)))
    })?;
    Some((name.place, *made))
}
