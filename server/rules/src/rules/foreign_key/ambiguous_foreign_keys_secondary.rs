//! Several foreign keys link an association table with one side of a relationship.
//!
//! `_determine_joins` in `orm/relationships.py` finds more than one way to join a side with the table when SQLAlchemy configures the
//! mappers, and does not choose. It is so for most relationships of a class with itself, because both keys then lead to the same
//! table; `primaryjoin` and `secondaryjoin` say which key belongs to which side.
//!
//! ## Wrong
//! ```python
//! from sqlalchemy import Column, ForeignKey, Integer, Table
//! from sqlalchemy.orm import declarative_base, relationship
//!
//! Base = declarative_base()
//!
//! follow = Table(
//!     "follow",
//!     Base.metadata,
//!     Column("follower_id", ForeignKey("person.id"), primary_key=True),
//!     Column("followed_id", ForeignKey("person.id"), primary_key=True),
//! )
//!
//!
//! class Person(Base):
//!     __tablename__ = "person"
//!     id = Column(Integer, primary_key=True)
//!     following = relationship("Person", secondary=follow)
//!     #           ^^^^^^^^^^^^ error: `Person.following` can be joined with `follow` by `follow.follower_id` or `follow.followed_id`; say which with `primaryjoin` and `secondaryjoin`
//! ```
//!
//! ## SQLAlchemy says
//! ```text
//! AmbiguousForeignKeysError: Could not determine join condition between parent/child tables on relationship Person.following - there are multiple foreign key paths linking the tables via secondary table 'follow'.  Specify the 'foreign_keys' argument, providing a list of those columns which should be counted as containing a foreign key reference from the secondary table to each of the parent and child tables.
//! ```
//!
//! ## Right
//! ```python
//! from sqlalchemy import Column, ForeignKey, Integer, Table
//! from sqlalchemy.orm import declarative_base, relationship
//!
//! Base = declarative_base()
//!
//! follow = Table(
//!     "follow",
//!     Base.metadata,
//!     Column("follower_id", ForeignKey("person.id"), primary_key=True),
//!     Column("followed_id", ForeignKey("person.id"), primary_key=True),
//! )
//!
//!
//! class Person(Base):
//!     __tablename__ = "person"
//!     id = Column(Integer, primary_key=True)
//!     following = relationship(
//!         "Person",
//!         secondary=follow,
//!         primaryjoin=id == follow.c.follower_id,
//!         secondaryjoin=id == follow.c.followed_id,
//!     )
//! ```

use relmodel_model::{ClassId, ColumnRef, TableId, column_label, mapped, table_keys_of};

use crate::mend::{arguments, names};
use crate::prelude::*;
use crate::walker::column_anchor;

pub(super) static RULE: Rule = Rule::error(On::Relationship(check));

fn check(it: RelationshipWalker<'_>) -> Option<Finding> {
    let JoinFailure::AmbiguousSecondary(secondary, columns) = it.failure()? else { return None };
    let names: Vec<String> = columns.iter().map(|column| format!("`{}`", column_label(it.db, *column))).collect();
    let message = format!(
        "`{}` can be joined with `{}` by {}; say which with `primaryjoin` and `secondaryjoin`",
        it.label(),
        TableWalker::new(it.db, *secondary)?.label(),
        names.join(" or "),
    );
    let mut res = Finding::new(it.callee_anchor(), message).with_fixes(fixes(it, *secondary));
    for column in columns {
        if let Some(at) = column_anchor(it.db, *column) {
            res = res.with_related(at, format!("`{}` is a foreign key", column_label(it.db, *column)));
        }
    }
    Some(res)
}

/// One fix for each way to go through the table.
fn fixes(it: RelationshipWalker<'_>, secondary: TableId) -> Vec<Fix> {
    let Some(target) = it.data.target_class() else { return Vec::new() };
    let near = keys_to(it, secondary, it.parent().id);
    let far = keys_to(it, secondary, target);
    let pairs = near.iter().flat_map(|own| far.iter().map(move |other| (*own, *other)));
    let ways: Vec<_> = pairs.filter(|(own, other)| own.0 != other.0).collect();
    ways.into_iter().filter_map(|way| choose(it, secondary, way)).collect()
}

/// The foreign keys of the association table to a class's table: the column that holds each, and the one that it refers to.
fn keys_to(it: RelationshipWalker<'_>, secondary: TableId, class: ClassId) -> Vec<(ColumnRef, ColumnRef)> {
    let own = mapped(it.db, class).as_ref().and_then(|it| it.table);
    let keys = &table_keys_of(it.db, secondary).keys;
    // Several columns of one constraint would have to be chosen together.
    let is_single =
        |key: &&relmodel_model::ResolvedKey| keys.iter().filter(|it| it.constraint == key.constraint).count() == 1;
    let leads_there = |key: &relmodel_model::ResolvedKey| match key.target {
        ForeignKeyTarget::Column(table, column) if Some(table) == own => {
            Some((key.column, ColumnRef { table, key: column }))
        }
        _ => None,
    };
    keys.iter().filter(is_single).filter_map(leads_there).collect()
}

type Way = ((ColumnRef, ColumnRef), (ColumnRef, ColumnRef));

/// Both conditions; on the other side too, in the other order, where it cannot tell either.
fn choose(it: RelationshipWalker<'_>, secondary: TableId, (own, other): Way) -> Option<Fix> {
    let mut changes = conditions(it, secondary, (own, other))?;
    let reverse = it.populated().and_then(|it| it.2).and_then(|id| RelationshipWalker::new(it.db, id));
    let is_ambiguous = |it: &RelationshipWalker<'_>| {
        matches!(&it.data.join, relmodel_model::Joined::Failed(JoinFailure::AmbiguousSecondary(..)))
    };
    if let Some(reverse) = reverse.filter(is_ambiguous) {
        changes.extend(conditions(reverse, secondary, (other, own))?);
    }
    let labels = [own.0, other.0].map(|it_| column_label(it.db, it_));
    Some(Fix::risky(format!("Go from `{}` to `{}`", labels[0], labels[1]), changes))
}

fn conditions(it: RelationshipWalker<'_>, secondary: TableId, (own, other): Way) -> Option<Vec<crate::fix::Change>> {
    let (parent, target) = (it.parent().id, it.data.target_class()?);
    let table = TableWalker::new(it.db, secondary)?.data.key?;
    let condition = |(held, referred): (ColumnRef, ColumnRef), class: ClassId| {
        let (owner, name) = names::attribute_of(it.db, &[class], referred)?;
        Some(format!("\"{}.{name} == {table}.c.{}\"", names::class_path(it.db, owner, parent)?, held.key))
    };
    Some(vec![
        arguments::set(it, "primaryjoin", condition(own, parent)?)?,
        arguments::set(it, "secondaryjoin", condition(other, target)?)?,
    ])
}
