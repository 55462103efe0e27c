//! No foreign key links the tables of a relationship.
//!
//! Without `primaryjoin`, `_determine_joins` in `orm/relationships.py` looks for foreign keys between the table of the parent and
//! the table of the target when SQLAlchemy configures the mappers, and raises when there is none in either table. The names of
//! columns say nothing: an integer named `parent_id` is a foreign key only with `ForeignKey`.
//!
//! ## Wrong
//! ```python
//! from sqlalchemy import Column, Integer
//! from sqlalchemy.orm import declarative_base, relationship
//!
//! Base = declarative_base()
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id = Column(Integer, primary_key=True)
//!     children = relationship("Child")
//!     #          ^^^^^^^^^^^^ error: `Parent.children` cannot be joined, because no foreign key links the tables `parent` and `child`; add a `ForeignKey` to a column of one of them, or `primaryjoin`
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id = Column(Integer, primary_key=True)
//!     parent_id = Column(Integer)
//! ```
//!
//! ## SQLAlchemy says
//! ```text
//! NoForeignKeysError: Could not determine join condition between parent/child tables on relationship Parent.children - there are no foreign keys linking these tables.  Ensure that referencing columns are associated with a ForeignKey or ForeignKeyConstraint, or specify a 'primaryjoin' expression.
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
//!     children = relationship("Child")
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id = Column(Integer, primary_key=True)
//!     parent_id = Column(Integer, ForeignKey("parent.id"))
//! ```

use relmodel_facts::Expr;
use relmodel_model::{ClassId, annotates_collection, mapped};

use crate::mend::keys::NewKey;
use crate::mend::names::is_plural;
use crate::prelude::*;

pub(super) static RULE: Rule = Rule::error(On::Relationship(check));

fn check(it: RelationshipWalker<'_>) -> Option<Finding> {
    let JoinFailure::NoForeignKeys = it.failure()? else { return None };
    let target = it.target()?;
    let (parent_table, target_table) = (it.parent().table()?, target.table()?);
    // Two tables of one name are a fault of their own.
    if parent_table.id != target_table.id && parent_table.label() == target_table.label() {
        return None;
    }
    let message = format!(
        "`{}` cannot be joined, because no foreign key links the tables `{}` and `{}`; add a `ForeignKey` to a column of one of them, or `primaryjoin`",
        it.label(),
        parent_table.label(),
        target_table.label(),
    );
    let res = Finding::new(it.callee_anchor(), message).with_related(Anchor::Class(target.id), "the target class");
    Some(res.with_fixes(fixes(it, target.id)))
}

/// A foreign key on the side where the names and annotations say it belongs: of a column that is there, else of a new one.
fn fixes(it: RelationshipWalker<'_>, target: ClassId) -> Vec<Fix> {
    let db = it.db;
    let parent = it.parent().id;
    let named = |name: &str| it.declaration.name_argument(db, name).map(|it| it.name);
    let back = named("back_populates").or_else(|| it.declaration.backref(db).map(|it| it.0.name));
    let other = it.populated().and_then(|it| it.2).and_then(|other| RelationshipWalker::new(db, other));
    let key = |holder: ClassId, referred: ClassId| NewKey::new(db, mapped(db, holder).as_ref()?.table?, referred);
    // Each side with what the relationship on it is called, and whether that may hold nothing.
    let on_target = (key(target, parent), back, other.is_some_and(says_optional));
    let on_parent = (key(parent, target), Some(it.id.key(db)), says_optional(it));
    let sides = match side(it, other) {
        Side::Target => vec![on_target],
        Side::Parent if parent != target => vec![on_parent],
        Side::Either if parent != target => vec![on_parent, on_target],
        Side::Parent | Side::Either => vec![on_parent],
    };
    let known: Vec<Fix> =
        [on_target, on_parent].into_iter().filter_map(|(key, name, _)| key?.of_known_column(name)).collect();
    if !known.is_empty() {
        return known;
    }
    sides.into_iter().filter_map(|(key, name, is_optional)| key?.of_new_column(name, is_optional)).collect()
}

/// The side that the foreign key belongs on.
enum Side {
    Parent,
    Target,
    Either,
}

fn side(it: RelationshipWalker<'_>, other: Option<RelationshipWalker<'_>>) -> Side {
    let holds_many = |it: RelationshipWalker<'_>| {
        annotates_collection(it.db, it.declaration).or_else(|| it.declaration.truth(it.db, "uselist"))
    };
    let is_annotated = it.declaration.annotation.is_some();
    match (holds_many(it), other.and_then(holds_many)) {
        (Some(true), _) => Side::Target,
        (_, Some(true)) => Side::Parent,
        (Some(false), None) if is_annotated && other.is_none() => Side::Parent,
        (None, _) if is_plural(it.id.key(it.db).as_str()) => Side::Target,
        _ => Side::Either,
    }
}

/// Whether the annotation of a relationship allows for `None`.
fn says_optional(it: RelationshipWalker<'_>) -> bool {
    let Some(place) = it.declaration.annotation else { return false };
    match place.expr(it.db) {
        Expr::Subscript { value, .. } => matches!(place.with(value).expr(it.db), Expr::Name(it) if it == "Optional"),
        Expr::Operation(operation) => {
            operation.operands.iter().any(|operand| place.with(*operand).expr(it.db) == Expr::None)
        }
        _ => false,
    }
}
