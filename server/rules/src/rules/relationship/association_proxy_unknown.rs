//! `association_proxy` names an attribute that is not there.
//!
//! Its first argument names a relationship of the class, its second an attribute of the class that the relationship refers to. Both are
//! looked up when the proxy is first used (`AssociationProxyInstance.for_proxy`), so the module is imported without complaint and the
//! program fails later. An attribute that a class below the target has, or that a method sets, is found on the object and is no mistake.
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
//!     children = relationship("Child")
//!     names = association_proxy("children", "nmae")
//!     #                                      ^^^^ error: `Parent.names` leads to `Child.nmae`, but `Child` has no such attribute; did you mean `name`?
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
//! AttributeError: type object 'Child' has no attribute 'nmae'
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

use relmodel_model::relationship_named;

use crate::prelude::*;
use crate::walker::{Proxy, proxy};

pub(super) static RULE: Rule = Rule::error(On::Attribute(check));

fn check(it: AttributeWalker<'_>) -> Option<Finding> {
    let proxy = proxy(it)?;
    own_side(it, &proxy).or_else(|| other_side(it, &proxy))
}

/// The relationship that it goes along.
fn own_side(it: AttributeWalker<'_>, proxy: &Proxy) -> Option<Finding> {
    let (place, name) = proxy.collection;
    if !it.class.lacks_attribute(name) {
        return None;
    }
    let meant = did_you_mean(name.as_str(), it.class.relationship_names());
    let message = format!(
        "`{}` goes along `{name}`, but `{}` has no relationship of that name{meant}",
        it.label(),
        it.class.name(),
    );
    let at = Anchor::Expr(place);
    Some(Finding::new(at, message).with_fix(meant.fix(at)))
}

/// The attribute of the class behind it.
fn other_side(it: AttributeWalker<'_>, proxy: &Proxy) -> Option<Finding> {
    let db = it.class.db;
    let id = relationship_named(db, it.class.id, proxy.collection.1)?;
    let target = relmodel_model::relationship(db, id).as_ref()?.target_class().map(|id| ClassWalker { db, id })?;
    let (place, name) = proxy.value?;
    if !target.lacks_attribute(name) || target.may_set(name) {
        return None;
    }
    let meant = did_you_mean(name.as_str(), target.property_names().chain(target.relationship_names()));
    let message =
        format!("`{}` leads to `{1}.{name}`, but `{1}` has no such attribute{meant}", it.label(), target.name());
    let at = Anchor::Expr(place);
    Some(Finding::new(at, message).with_related(Anchor::Class(target.id), "the class").with_fix(meant.fix(at)))
}
