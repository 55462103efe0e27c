//! Several foreign keys link the tables of a relationship.
//!
//! `_determine_joins` in `orm/relationships.py` finds more than one way to join the two tables when SQLAlchemy configures the
//! mappers, and does not choose. `foreign_keys` says which columns this relationship goes by; `primaryjoin` does the same with
//! the whole condition.
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
//!     children = relationship("Child")
//!     #          ^^^^^^^^^^^^ error: `Parent.children` can be joined by `child.father_id` or `child.mother_id`; choose one with `foreign_keys`
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id = Column(Integer, primary_key=True)
//!     father_id = Column(Integer, ForeignKey("parent.id"))
//!     mother_id = Column(Integer, ForeignKey("parent.id"))
//! ```
//!
//! ## SQLAlchemy says
//! ```text
//! AmbiguousForeignKeysError: Could not determine join condition between parent/child tables on relationship Parent.children - there are multiple foreign key paths linking the tables.  Specify the 'foreign_keys' argument, providing a list of those columns which should be counted as containing a foreign key reference to the parent table.
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
//!     children = relationship("Child", foreign_keys="Child.mother_id")
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id = Column(Integer, primary_key=True)
//!     father_id = Column(Integer, ForeignKey("parent.id"))
//!     mother_id = Column(Integer, ForeignKey("parent.id"))
//! ```

use relmodel_model::{ColumnRef, column_label, table_keys_of};

use crate::mend::{arguments, names};
use crate::prelude::*;
use crate::walker::column_anchor;

pub(super) static RULE: Rule = Rule::error(On::Relationship(check));

fn check(it: RelationshipWalker<'_>) -> Option<Finding> {
    let JoinFailure::Ambiguous(columns) = it.failure()? else { return None };
    let names: Vec<String> = columns.iter().map(|column| format!("`{}`", column_label(it.db, *column))).collect();
    let message = format!("`{}` can be joined by {}; choose one with `foreign_keys`", it.label(), names.join(" or "));
    let mut res = Finding::new(it.callee_anchor(), message).with_fixes(fixes(it, columns));
    for column in columns {
        if let Some(at) = column_anchor(it.db, *column) {
            res = res.with_related(at, format!("`{}` is a foreign key", column_label(it.db, *column)));
        }
    }
    Some(res)
}

/// One fix for each foreign key, that of the relationship's name first.
fn fixes(it: RelationshipWalker<'_>, columns: &[ColumnRef]) -> Vec<Fix> {
    // Several columns of one constraint are chosen together.
    let constraint = |column: &ColumnRef| {
        let mut keys = table_keys_of(it.db, column.table).keys.iter();
        keys.find(|key| key.column == *column).map(|it| it.constraint)
    };
    let is_composite =
        |column: &ColumnRef| columns.iter().filter(|it| constraint(it) == constraint(column)).count() > 1;
    let mut columns: Vec<ColumnRef> = columns.iter().copied().filter(|it| !is_composite(it)).collect();
    let key = it.id.key(it.db);
    let other = it.declaration.name_argument(it.db, "back_populates").map(|it| it.name);
    let is_named = |column: &ColumnRef| {
        let names = [Some(key), other, it.declaration.backref(it.db).map(|it| it.0.name)];
        names
            .into_iter()
            .flatten()
            .any(|name| column.key.strip_prefix(name.as_str()).is_some_and(|it| it.starts_with('_')))
    };
    columns.sort_by_key(|it| !is_named(it));
    columns.into_iter().filter_map(|column| choose(it, column)).collect()
}

/// Joins by one foreign key; the other side too, where it cannot tell either.
fn choose(it: RelationshipWalker<'_>, column: ColumnRef) -> Option<Fix> {
    let mut sides = vec![it];
    let other = it.populated().and_then(|it| it.2).and_then(|other| RelationshipWalker::new(it.db, other));
    let is_ambiguous = |it: &RelationshipWalker<'_>| {
        matches!(&it.data.join, relmodel_model::Joined::Failed(JoinFailure::Ambiguous(_)))
    };
    sides.extend(other.filter(|other| other.id.backref_of(it.db).is_none() && is_ambiguous(other)));
    let mut changes = Vec::new();
    for side in sides {
        let (parent, target) = (side.parent().id, side.data.target_class()?);
        let value = names::columns(it.db, (parent, Some(side.id.key(it.db))), &[parent, target], &[column])?;
        changes.push(arguments::set(side, "foreign_keys", value)?);
    }
    Some(Fix::risky(format!("Join by `{}`", column_label(it.db, column)), changes))
}
