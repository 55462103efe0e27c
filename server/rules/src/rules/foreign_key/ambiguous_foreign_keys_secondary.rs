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

use relmodel_model::column_label;

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
    let mut res = Finding::new(it.callee_anchor(), message);
    for column in columns {
        if let Some(at) = column_anchor(it.db, *column) {
            res = res.with_related(at, format!("`{}` is a foreign key", column_label(it.db, *column)));
        }
    }
    Some(res)
}
