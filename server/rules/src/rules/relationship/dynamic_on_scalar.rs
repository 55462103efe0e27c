//! A relationship that holds one object is loaded as a query.
//!
//! `lazy="dynamic"`, `lazy="write_only"` and the annotations `DynamicMapped` and `WriteOnlyMapped` make a collection that is not loaded.
//! For many-to-one, and with `uselist=False`, there is none: `init_class_attribute` of the loader raises when SQLAlchemy configures the
//! mappers.
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
//!     children = relationship("Child", back_populates="parent")
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id = Column(Integer, primary_key=True)
//!     parent_id = Column(Integer, ForeignKey("parent.id"))
//!     parent = relationship("Parent", back_populates="children", lazy="dynamic")
//!     #                                                                ^^^^^^^ error: `Child.parent` is many-to-one, and `dynamic` is for collections only; take `lazy` away
//! ```
//!
//! ## SQLAlchemy says
//! ```text
//! InvalidRequestError: On relationship Child.parent, 'dynamic' loaders cannot be used with many-to-one/one-to-one relationships and/or uselist=False.
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
//!     children = relationship("Child", back_populates="parent", lazy="dynamic")
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id = Column(Integer, primary_key=True)
//!     parent_id = Column(Integer, ForeignKey("parent.id"))
//!     parent = relationship("Parent", back_populates="children")
//! ```

use relmodel_facts::Expr;
use relmodel_model::{Direction, member};

use crate::fix::Change;
use crate::prelude::*;

pub(super) static RULE: Rule = Rule::error(On::RelationshipMany(check));

fn check(it: RelationshipWalker<'_>) -> Vec<Finding> {
    let sides = it.sides();
    if it.declaration.is_dynamic {
        let annotated = sides.first().and_then(scalar).and_then(|why| annotated(it, why));
        return annotated.into_iter().chain(sides.iter().skip(1).filter_map(lazy)).collect();
    }
    sides.iter().filter_map(lazy).collect()
}

/// `lazy="dynamic"`
fn lazy(it: &SideWalker<'_>) -> Option<Finding> {
    let (place, lazy) = it.text("lazy")?;
    let is_query = lazy == "dynamic" || lazy == "write_only" && it.sqlalchemy() != SqlAlchemy::V1_4;
    let why = scalar(it).filter(|_| is_query)?;
    let message = format!("`{}` {why}, and `{lazy}` is for collections only; take `lazy` away", it.label());
    Some(Finding::new(Anchor::Expr(place), message).with_fix(it.without("lazy").map(Fix::as_risky)))
}

/// `DynamicMapped["Parent"]`
fn annotated(it: RelationshipWalker<'_>, why: &str) -> Option<Finding> {
    let (_, member) = member(it.db, it.parent().id, it.id.key(it.db))?;
    let MemberKind::Relationship(written) = &member.kind else { return None };
    let annotation = written.1?;
    let (name, place) = match annotation.expr(it.db) {
        Expr::Subscript { value, .. } => (annotation.with(value).expr(it.db), annotation.with(value)),
        _ => return None,
    };
    let (Expr::Name(name) | Expr::Attribute { name, .. }) = name else { return None };
    let message = format!("`{}` {why}, and `{name}` is for collections only; write `Mapped`", it.label());
    let change = Change::ReplaceExpression { place, code: "$Mapped".to_owned() };
    Some(Finding::new(Anchor::Member(place), message).with_fix(Fix::risky("Change to `Mapped`", vec![change])))
}

/// Why a relationship surely holds one object.
fn scalar(it: &SideWalker<'_>) -> Option<&'static str> {
    if it.declaration.truth(it.db, "uselist") == Some(false) {
        return Some("has `uselist=False`");
    }
    let asks_for_list = it.declaration.has(it.db, "uselist");
    // Release 1.4 looks at `uselist` alone.
    let is_certain = it.sqlalchemy() != SqlAlchemy::V1_4 || !asks_for_list && !it.declaration.is_open;
    (is_certain && it.direction() == Some(Direction::ManyToOne)).then_some("is many-to-one")
}
