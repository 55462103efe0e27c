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

use relmodel_model::{ColumnRef, Direction, Joined, RelationshipId, annotates_collection, relationship};

use crate::fix::Change;
use crate::mend::{arguments, names};
use crate::prelude::*;
use crate::walker::{attribute_anchor, label};

pub(super) static RULE: Rule = Rule::error(On::Relationship(check));

fn check(it: RelationshipWalker<'_>) -> Option<Finding> {
    let direction = it.data.direction().filter(|it| *it != Direction::ManyToMany)?;
    let (place, other) = other_side(it)?;
    if other == it.id {
        return Some(names_itself(it, place));
    }
    let reverse = relationship(it.db, other).as_ref()?;
    // One that leads to a third class is another rule's.
    if reverse.direction()? != direction || !it.is_referred_to_by(other) || it.comes_before_its_reverse(other) {
        return None;
    }
    let (it, other) = if direction == Direction::ManyToOne { one_to_many_first(it, other) } else { (it, other) };
    let too_many = (direction == Direction::ManyToOne).then(|| given_remote_side(it)).flatten();
    let message = format!(
        "`{}` and its reverse `{}` are both {}; {}",
        it.label(),
        label(it.db, other),
        direction.as_str(),
        if too_many.is_some() {
            "leave `remote_side` out on the one-to-many side"
        } else {
            "add `remote_side` on the many-to-one side"
        },
    );
    let at = too_many.unwrap_or(Anchor::Expr(place));
    let mut res = Finding::new(at, message).with_fixes(fixes(it, other));
    if let Some(at) = attribute_anchor(it.db, other).filter(|_| other.backref_of(it.db).is_none()) {
        res = res.with_related(at, format!("{} too", direction.as_str()));
    }
    Some(res)
}

/// `parent = relationship("Node", back_populates="parent")`
fn names_itself(it: RelationshipWalker<'_>, place: relmodel_model::Place) -> Finding {
    let own = it.id.key(it.db);
    let meant = match it.candidates().as_slice() {
        [only] => Suggestion::of(own.as_str(), only),
        several => did_you_mean(own.as_str(), several.iter().copied()),
    };
    let message =
        format!("`{}` names itself in `back_populates`, not the relationship that leads back{meant}", it.label());
    let at = Anchor::Expr(place);
    Finding::new(at, message).with_fix(meant.fix(at))
}

/// The two sides, the one that was surely meant to be one-to-many before the other, if one can be told.
fn one_to_many_first(it: RelationshipWalker<'_>, other: RelationshipId) -> (RelationshipWalker<'_>, RelationshipId) {
    let Joined::Join(join) = &it.data.join else { return (it, other) };
    let keys: Vec<ColumnRef> = join.pairs.iter().map(|it| it.local).collect();
    match written_side(it, other) {
        Some(reverse) if is_many_to_one(it, &keys) && !is_many_to_one(reverse, &keys) => (reverse, it.id),
        _ => (it, other),
    }
}

/// The other side, if a `relationship(...)` of its own makes it.
fn written_side(it: RelationshipWalker<'_>, other: RelationshipId) -> Option<RelationshipWalker<'_>> {
    RelationshipWalker::new(it.db, other).filter(|it| it.id.backref_of(it.db).is_none())
}

/// Whether a relationship is the many-to-one side, by its annotation or by the name of a foreign key.
fn is_many_to_one(it: RelationshipWalker<'_>, keys: &[ColumnRef]) -> bool {
    let said = annotates_collection(it.db, it.declaration).map(|it| !it);
    said.unwrap_or_else(|| is_named_by_any(it.id.key(it.db), keys))
}

fn is_named_by_any(key: relmodel_model::Name, keys: &[ColumnRef]) -> bool {
    keys.iter().any(|it| names::is_named_by(key, *it))
}

/// Where the call says `remote_side`.
fn given_remote_side(it: RelationshipWalker<'_>) -> Option<Anchor> {
    let argument = it.declaration.arguments.iter().find(|it| it.name == "remote_side")?;
    Some(Anchor::Name(it.declaration.call.item, argument.keyword?.at))
}

/// The relationship that `back_populates` names or `backref` makes, and the string that says so.
fn other_side(it: RelationshipWalker<'_>) -> Option<(relmodel_model::Place, RelationshipId)> {
    if let Some((place, _, populated)) = it.populated() {
        return Some((place, populated?));
    }
    let (name, _) = it.declaration.backref(it.db)?;
    let made = relmodel_model::reverse(it.db, it.id)
        .iter()
        .find(|other| other.backref_of(it.db) == Some((it.id.parent(it.db), it.id.key(it.db))))?;
    Some((name.place, *made))
}

/// `remote_side` for the one that is the many-to-one side, if names or annotations tell which; else for either.
fn fixes(it: RelationshipWalker<'_>, other: RelationshipId) -> Vec<Fix> {
    let Joined::Join(join) = &it.data.join else { return Vec::new() };
    if !join.is_self_referential {
        return Vec::new();
    }
    if join.direction == Direction::ManyToOne {
        return both_many_to_one(it, other);
    }
    let remote: Vec<ColumnRef> = join.pairs.iter().map(|it| it.local).collect();
    let keys: Vec<ColumnRef> = join.pairs.iter().map(|it| it.remote).collect();
    let written = written_side(it, other);
    let own = |is_sure| on_relationship(it, &remote, is_sure);
    let others = |is_sure| match written {
        Some(other) => on_relationship(other, &remote, is_sure),
        None => on_backref(it, &remote, is_sure),
    };
    let is_other_one =
        written.map_or_else(|| is_named_by_any(other.key(it.db), &keys), |other| is_many_to_one(other, &keys));
    match (is_many_to_one(it, &keys), is_other_one) {
        (true, false) => own(true).into_iter().collect(),
        (false, true) => others(true).into_iter().collect(),
        _ => own(false).into_iter().chain(others(false)).collect(),
    }
}

fn on_relationship(it: RelationshipWalker<'_>, remote: &[ColumnRef], is_sure: bool) -> Option<Fix> {
    let parent = it.parent().id;
    let value = names::columns(it.db, (parent, Some(it.id.key(it.db))), &[parent], remote)?;
    Some(fix(it.id.key(it.db), vec![arguments::set(it, "remote_side", value)?], is_sure))
}

/// The relationship that a backref makes takes it in `backref("parent", remote_side=...)`.
fn on_backref(it: RelationshipWalker<'_>, remote: &[ColumnRef], is_sure: bool) -> Option<Fix> {
    let parent = it.parent().id;
    let value = names::columns(it.db, (parent, Some(it.id.key(it.db))), &[parent], remote)?;
    let (name, call) = it.declaration.backref(it.db)?;
    let change = match call {
        Some(inner) => Change::SetArgument { call: inner.call, name: "remote_side", value },
        None => Change::ReplaceExpression {
            place: it.declaration.value("backref")?,
            code: format!("$backref(\"{}\", remote_side={value})", name.name),
        },
    };
    arguments::is_its_own(it).then_some(())?;
    Some(fix(name.name, vec![change], is_sure))
}

fn fix(key: relmodel_model::Name, changes: Vec<Change>, is_sure: bool) -> Fix {
    let fix = Fix::safe(format!("Make `{key}` the many-to-one side by `remote_side`"), changes);
    if is_sure { fix } else { fix.as_risky() }
}

/// `remote_side` goes from the one that holds many.
fn both_many_to_one(it: RelationshipWalker<'_>, other: RelationshipId) -> Vec<Fix> {
    let sides = [Some(it), written_side(it, other)];
    let without = |side: RelationshipWalker<'_>| {
        let is_given = side.declaration.arguments.iter().any(|it| it.name == "remote_side" && it.keyword.is_some());
        let change = Change::RemoveArgument { call: side.declaration.call, name: "remote_side".into() };
        let title = format!("Make `{}` the one-to-many side", side.id.key(it.db));
        (is_given && arguments::is_its_own(side)).then(|| Fix::risky(title, vec![change]))
    };
    sides.into_iter().flatten().filter_map(without).collect()
}
