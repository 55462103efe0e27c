//! `back_populates` names an attribute that the target class does not have.
//!
//! `RelationshipProperty._add_reverse_property` asks the target's mapper for the attribute when SQLAlchemy configures the mappers,
//! and the mapper raises if there is none. SQLAlchemy makes no attribute of that name by itself, as it does for `backref`:
//! the other side has to be written on the target class.
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
//!     children = relationship("Child", back_populates="parnt")
//!     #                                                ^^^^^ error: `Child` has no attribute `parnt` for `Parent.children` to populate; did you mean `parent`?
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
//! ```text 1.4
//! InvalidRequestError: Mapper 'mapped class Child->child' has no property 'parnt'
//! ```
//! ```text 2.0 2.1
//! InvalidRequestError: Mapper 'Mapper[Child(child)]' has no property 'parnt'.  If this property was indicated from other mappers or configure events, ensure registry.configure() has been called.
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

use relmodel_model::may_be_given_properties;

use crate::mend::other_side;
use crate::prelude::*;

pub(super) static RULE: Rule = Rule::error(On::Relationship(check));

fn check(it: RelationshipWalker<'_>) -> Option<Finding> {
    let (place, name, populated) = it.populated()?;
    let target = it.target()?;
    if populated.is_some() || target.is_open() || may_be_given_properties(it.db, target.id) {
        return None;
    }
    let found = relmodel_model::member(it.db, target.id, name);
    if found.is_some_and(|(_, member)| !matches!(member.kind, MemberKind::Plain)) {
        return None;
    }
    let meant = meant(it, name.as_str());
    let advice = if it.candidates().is_empty() {
        format!("; add `{}` to `{}`", described(it, name.as_str()), target.name())
    } else {
        meant.to_string()
    };
    let message = format!("`{}` has no attribute `{name}` for `{}` to populate{advice}", target.name(), it.label());
    let at = Anchor::Expr(place);
    // Beside a relationship that refers back already, a second one is hardly meant.
    let candidates = it.candidates();
    let is_other_side = |name: &str| {
        let id = relmodel_model::relationship_named(it.db, target.id, name.into());
        id.is_some_and(|id| other_side::may_overlap(it.db, it.id, id))
    };
    let new = other_side::add(it, name).filter(|_| !candidates.iter().any(|it| is_other_side(it)));
    let new = if candidates.is_empty() { new } else { new.map(Fix::as_risky) };
    let res = Finding::new(at, message).with_related(Anchor::Class(target.id), "the target class");
    Some(res.with_fix(meant.fix(at)).with_fix(new))
}

/// The relationship of the target that was probably meant: one that refers back.
fn meant(it: RelationshipWalker<'_>, name: &str) -> Suggestion {
    match it.candidates().as_slice() {
        [only] => Suggestion::of(name, only),
        candidates => did_you_mean(name, candidates.iter().copied()),
    }
}

/// The other side, in the style of this one.
fn described(it: RelationshipWalker<'_>, name: &str) -> String {
    let (parent, key) = (it.parent().name(), it.id.key(it.db));
    if it.declaration.annotation.is_some() {
        return format!("{name}: Mapped[\"{parent}\"] = relationship(back_populates=\"{key}\")");
    }
    let secondary = match it.declaration.value("secondary").map(|it_| it_.expr(it.db)) {
        Some(relmodel_facts::Expr::Name(table)) => format!(", secondary={table}"),
        _ => String::new(),
    };
    format!("{name} = relationship(\"{parent}\"{secondary}, back_populates=\"{key}\")")
}
