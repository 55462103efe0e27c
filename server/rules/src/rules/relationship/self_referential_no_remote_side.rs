//! A relationship of a class to itself is meant to be many-to-one, but has no `remote_side`.
//!
//! Both sides of such a relationship are the same table, so the foreign key does not tell the direction. Without `remote_side` SQLAlchemy takes
//! it for one-to-many (`JoinCondition._determine_direction`): the attribute holds the rows that refer to this one, and not the row that
//! this one refers to. Nothing is said, since both are good relationships; here its name is that of the foreign key, or its annotation is
//! that of a single object.
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
//!     parent = relationship("Node")
//!     #        ^^^^^^^^^^^^ hint: `Node.parent` holds the rows whose `parent_id` refers to this one, and not the row that `parent_id` refers to; add `remote_side=[id]`
//! ```
//!
//! ## SQLAlchemy says
//! ```text
//!
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
//!     parent = relationship("Node", remote_side=[id])
//! ```

use relmodel_model::{ColumnRef, Direction, Joined, annotates_collection, relationship};

use crate::mend::{arguments, names};
use crate::prelude::*;

pub(super) static RULE: Rule = Rule::hint(On::Relationship(check));

/// What says which side is meant.
const TOLD_BY: [&str; 4] = ["remote_side", "primaryjoin", "secondary", "uselist"];

fn check(it: RelationshipWalker<'_>) -> Option<Finding> {
    let Joined::Join(join) = &it.data.join else { return None };
    let is_told = it.declaration.is_open || TOLD_BY.iter().any(|name| it.declaration.value(name).is_some());
    if is_told || !join.is_self_referential || join.direction != Direction::OneToMany || fails_with_its_reverse(it) {
        return None;
    }
    let keys: Vec<ColumnRef> = join.pairs.iter().map(|it| it.remote).collect();
    let local: Vec<ColumnRef> = join.pairs.iter().map(|it| it.local).collect();
    let said = annotates_collection(it.db, it.declaration);
    let is_named = keys.iter().any(|key| names::is_named_by(it.id.key(it.db), *key));
    if said == Some(true) || said.is_none() && !is_named {
        return None;
    }
    let parent = it.parent().id;
    let value = names::columns(it.db, (parent, Some(it.id.key(it.db))), &[parent], &local);
    let key = keys.first()?.key;
    let message = format!(
        "`{}` holds the rows whose `{key}` refers to this one, and not the row that `{key}` refers to; add `remote_side{}`",
        it.label(),
        value.as_ref().map_or_else(String::new, |it| format!("={it}")),
    );
    let change = value.and_then(|value| arguments::set(it, "remote_side", value));
    let fix = change.map(|it| Fix::risky("Add `remote_side`", vec![it]));
    Some(Finding::new(it.callee_anchor(), message).with_fix(fix))
}

/// Whether it has a reverse of the same direction, which SQLAlchemy raises for.
fn fails_with_its_reverse(it: RelationshipWalker<'_>) -> bool {
    let reverse = it.populated().and_then(|it| it.2);
    let direction = reverse.and_then(|id| relationship(it.db, id).as_ref()?.direction());
    direction == Some(Direction::OneToMany)
}
