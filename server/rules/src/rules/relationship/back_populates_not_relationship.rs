//! `back_populates` names an attribute that is not a relationship.
//!
//! `RelationshipProperty._add_reverse_property` finds the attribute on the target's mapper when SQLAlchemy configures the mappers,
//! and raises because it is a column, a synonym or something else that holds no related objects. Most often the name of the
//! foreign key column was written where the name of the relationship beside it was meant.
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
//!     children = relationship("Child", back_populates="parent_id")
//!     #                                                ^^^^^^^^^ error: `Parent.children` cannot populate `Child.parent_id`, which is a column and not a relationship; did you mean `parent`?
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
//! InvalidRequestError: back_populates on relationship 'Parent.children' refers to attribute 'Child.parent_id' that is not a relationship.  The back_populates parameter should refer to the name of a relationship on the target class.
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

use crate::prelude::*;

pub(super) static RULE: Rule = Rule::error(On::Relationship(check));

fn check(it: RelationshipWalker<'_>) -> Option<Finding> {
    let (place, name, _) = it.populated()?;
    let target = it.target()?;
    let (_, found) = relmodel_model::member(it.db, target.id, name)?;
    let kind = match found.kind {
        MemberKind::Column(_) => "a column",
        MemberKind::Synonym(_) | MemberKind::Property => "a mapped property",
        MemberKind::Relationship(..) | MemberKind::Plain | MemberKind::Unknown => return None,
    };
    // `parent_id` beside `parent` is the usual slip.
    let names = it.candidates();
    let stem = name.strip_suffix("_id").filter(|it| names.contains(it));
    let meant = match (stem, names.as_slice()) {
        (Some(meant), _) | (None, &[meant]) => Suggestion::of(&name, meant),
        _ => did_you_mean(name.as_str(), names),
    };
    let message = format!(
        "`{}` cannot populate `{}.{name}`, which is {kind} and not a relationship{meant}",
        it.label(),
        target.name(),
    );
    let mut res = Finding::new(Anchor::Expr(place), message).with_fix(meant.fix(Anchor::Expr(place)));
    if let Some(at) = found.at {
        res = res.with_related(Anchor::Attribute(found.declared_in, at), format!("`{name}` is {kind}"));
    }
    Some(res)
}
