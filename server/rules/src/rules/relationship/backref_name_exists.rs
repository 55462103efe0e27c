//! A `backref` would create an attribute that the target class already has.
//!
//! `RelationshipProperty._generate_backref` adds the other side to the target's mapper when SQLAlchemy configures the mappers. It raises
//! when that mapper, or one it inherits from or that inherits from it, has a property of the same name: a column, a
//! relationship, or the backref of another relationship.
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
//!     children = relationship("Child", backref="parent")
//!     #                                         ^^^^^^ error: `Parent.children` cannot create the backref `parent`, because `Child` already has an attribute of that name; use `back_populates` on both sides
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id = Column(Integer, primary_key=True)
//!     parent_id = Column(Integer, ForeignKey("parent.id"))
//!     parent = relationship("Parent")
//! ```
//!
//! ## SQLAlchemy says
//! ```text 1.4
//! ArgumentError: Error creating backref 'parent' on relationship 'Parent.children': property of that name exists on mapper 'mapped class Child->child'
//! ```
//! ```text 2.0 2.1
//! ArgumentError: Error creating backref 'parent' on relationship 'Parent.children': property of that name exists on mapper 'Mapper[Child(child)]'
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

use relmodel_model::{
    Direction, Name, Relationship, RelationshipId, backref_named, backrefs_on, declaration, lineage, member,
    relationship,
};

use crate::fix::Change;
use crate::mend::arguments;
use crate::mend::names::{plural, snake_case};
use crate::mend::other_side::may_overlap;
use crate::mend::pair;
use crate::prelude::*;
use crate::walker::order;

pub(super) static RULE: Rule = Rule::error(On::Relationship(check));

fn check(it: RelationshipWalker<'_>) -> Option<Finding> {
    let (name, _) = it.declaration.backref(it.db)?;
    // With both given, SQLAlchemy never gets as far as making the backref.
    if it.declaration.has(it.db, "back_populates") {
        return None;
    }
    let target = it.target()?;
    let taken = member(it.db, target.id, name.name).filter(|(_, member)| match member.kind {
        MemberKind::Column(_) | MemberKind::Relationship(..) | MemberKind::Synonym(_) | MemberKind::Property => true,
        MemberKind::Plain | MemberKind::Unknown => false,
    });
    if let Some((owner, found)) = taken
        && makes_me_first(it, RelationshipId::new(it.db, owner, found.name, None))
    {
        return None;
    }
    let twin = || {
        let made = lineage(it.db, target.id).into_iter().flat_map(|class| backrefs_on(it.db, class));
        // Of two backrefs of one name, the first is made and the second fails.
        made.take_while(|backref| backref.source != it.id).find(|backref| backref.id.key(it.db) == name.name)
    };
    if taken.is_none() && twin().is_none() {
        return None;
    }
    let advice = match taken {
        Some((owner, found)) if refers_back(it, RelationshipId::new(it.db, owner, found.name, None)) => {
            "use `back_populates` on both sides"
        }
        _ => "choose another name",
    };
    let message = format!(
        "`{}` cannot create the backref `{}`, because `{}` already has an attribute of that name; {advice}",
        it.label(),
        name.name,
        target.name(),
    );
    let other = taken.map(|(owner, found)| RelationshipId::new(it.db, owner, found.name, None));
    let mut res = Finding::new(Anchor::Expr(name.place), message)
        .with_fix(other.and_then(|other| pair::link(it, other)))
        .with_fix(rename(it, name.name, other));
    if let Some((_, found)) = taken
        && let Some(at) = found.at
    {
        res = res.with_related(Anchor::Attribute(found.declared_in, at), format!("`{}` is defined here", found.name));
    } else if let Some(backref) = twin()
        && let Some(at) = crate::walker::attribute_anchor(it.db, backref.id)
    {
        res = res.with_related(at, format!("this backref makes `{}` too", name.name));
    }
    Some(res)
}

/// Whether the attribute is a relationship that may be meant as the other side.
fn refers_back(it: RelationshipWalker<'_>, other: RelationshipId) -> bool {
    relationship(it.db, other).as_ref().and_then(Relationship::target_class) == Some(it.parent().id)
}

/// Two relationships that each have a backref of the other's name fail at the first of them.
fn makes_me_first(it: RelationshipWalker<'_>, other: RelationshipId) -> bool {
    let backref = declaration(it.db, other).as_ref().and_then(|declaration| declaration.backref(it.db));
    let makes_me = backref.is_some_and(|(name, _)| name.name == it.id.key(it.db));
    makes_me && order(it.db, other) < order(it.db, it.id)
}

/// Another name, made of the class's: a guess. Beside what may be the other side it would only be in the way.
fn rename(it: RelationshipWalker<'_>, name: Name, other: Option<RelationshipId>) -> Option<Fix> {
    if other.is_some_and(|other| refers_back(it, other) && may_overlap(it.db, it.id, other)) {
        return None;
    }
    let target = it.target()?;
    let stem = snake_case(it.parent().name().as_str());
    let is_one = it.data.direction()? == Direction::OneToMany;
    let own = if is_one { stem.clone() } else { plural(&stem) };
    let key = it.id.key(it.db);
    let names = [own, format!("{key}_{stem}"), format!("{stem}_{name}")];
    let is_free = |new: &&String| {
        let new = Name::from(new.as_str());
        member(it.db, target.id, new).is_none() && backref_named(it.db, target.id, new).is_none()
    };
    let new = names.iter().find(is_free)?;
    let (written, _) = it.declaration.backref(it.db)?;
    let change = Change::Replace { at: Anchor::Expr(written.place), old: name.to_string(), new: new.clone() };
    arguments::is_its_own(it).then(|| Fix::risky(format!("Call it `{new}`"), vec![change]))
}
