//! `association_proxy` goes along an attribute that is no relationship.
//!
//! A proxy stands for an attribute of the objects that a relationship holds, so its first argument has to name a relationship. SQLAlchemy
//! looks when the proxy is first used (`AssociationProxyInstance.for_proxy`).
//!
//! ## Wrong
//! ```python
//! from sqlalchemy import Column, ForeignKey, Integer, String
//! from sqlalchemy.ext.associationproxy import association_proxy
//! from sqlalchemy.orm import declarative_base, relationship
//!
//! Base = declarative_base()
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id = Column(Integer, primary_key=True)
//!     label = Column(String(20))
//!     children = relationship("Child")
//!     names = association_proxy("label", "name")
//!     #                          ^^^^^ error: `Parent.names` goes along `Parent.label`, which is no relationship; did you mean `children`?
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id = Column(Integer, primary_key=True)
//!     name = Column(String(20))
//!     parent_id = Column(Integer, ForeignKey("parent.id"))
//! ```
//!
//! ## SQLAlchemy says
//! ```text
//! NotImplementedError: association proxy to a non-relationship intermediary is not supported
//! ```
//!
//! ## Right
//! ```python
//! from sqlalchemy import Column, ForeignKey, Integer, String
//! from sqlalchemy.ext.associationproxy import association_proxy
//! from sqlalchemy.orm import declarative_base, relationship
//!
//! Base = declarative_base()
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id = Column(Integer, primary_key=True)
//!     label = Column(String(20))
//!     children = relationship("Child")
//!     names = association_proxy("children", "name")
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id = Column(Integer, primary_key=True)
//!     name = Column(String(20))
//!     parent_id = Column(Integer, ForeignKey("parent.id"))
//! ```

use relmodel_model::member;

use crate::prelude::*;
use crate::walker::proxy;

pub(super) static RULE: Rule = Rule::error(On::Attribute(check));

fn check(it: AttributeWalker<'_>) -> Option<Finding> {
    let (place, name) = proxy(it)?.collection;
    let (_, found) = member(it.class.db, it.class.id, name)?;
    if !matches!(found.kind, MemberKind::Column(_) | MemberKind::Property | MemberKind::Synonym(_)) {
        return None;
    }
    let meant = match it.class.relationship_names().as_slice() {
        [only] => Suggestion::of(name.as_str(), only),
        names => did_you_mean(name.as_str(), names.iter().copied()),
    };
    let message = format!("`{}` goes along `{}.{name}`, which is no relationship{meant}", it.label(), it.class.name());
    let at = Anchor::Expr(place);
    Some(Finding::new(at, message).with_fix(meant.fix(at).map(Fix::as_risky)))
}
