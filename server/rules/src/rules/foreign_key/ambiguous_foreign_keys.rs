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

use relmodel_model::column_label;

use crate::prelude::*;
use crate::walker::column_anchor;

pub(super) static RULE: Rule = Rule::error(On::Relationship(check));

fn check(it: RelationshipWalker<'_>) -> Option<Finding> {
    let JoinFailure::Ambiguous(columns) = it.failure()? else { return None };
    let names: Vec<String> = columns.iter().map(|column| format!("`{}`", column_label(it.db, *column))).collect();
    let message = format!(
        "`{}` can be joined by {}; choose one with `foreign_keys`",
        it.label(),
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
