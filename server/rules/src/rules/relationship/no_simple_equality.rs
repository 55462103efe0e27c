//! A join condition compares no foreign key column by `==`.
//!
//! When a session is flushed, a relationship copies the value of one column into the other, which only `==` between two columns of
//! the two tables tells it to do. `JoinCondition._check_foreign_cols` in `orm/relationships.py` raises where a condition has foreign
//! key columns and no such comparison. A relationship that only reads may compare in any way; it says so by `viewonly=True`.
//!
//! ## Wrong
//! ```python
//! from sqlalchemy import Column, ForeignKey, Integer, String
//! from sqlalchemy.orm import declarative_base, relationship
//!
//! Base = declarative_base()
//!
//!
//! class Folder(Base):
//!     __tablename__ = "folder"
//!     id = Column(Integer, primary_key=True)
//!     path = Column(String(200))
//!     files = relationship("File", primaryjoin="foreign(File.path) > Folder.path")
//!     #                                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: `Folder.files` could not write `file.path`, because the condition does not compare it by `==` with a column of the two tables; add `viewonly=True` if it only reads
//!
//!
//! class File(Base):
//!     __tablename__ = "file"
//!     id = Column(Integer, primary_key=True)
//!     path = Column(String(200))
//! ```
//!
//! ## SQLAlchemy says
//! ```text
//! ArgumentError: Could not locate any simple equality expressions involving locally mapped foreign key columns for primary join condition 'file.path > folder.path' on relationship Folder.files.  Ensure that referencing columns are associated with a ForeignKey or ForeignKeyConstraint, or are annotated in the join condition with the foreign() annotation. To allow comparison operators other than '==', the relationship can be marked as viewonly=True.
//! ```
//!
//! ## Right
//! ```python
//! from sqlalchemy import Column, ForeignKey, Integer, String
//! from sqlalchemy.orm import declarative_base, relationship
//!
//! Base = declarative_base()
//!
//!
//! class Folder(Base):
//!     __tablename__ = "folder"
//!     id = Column(Integer, primary_key=True)
//!     path = Column(String(200))
//!     files = relationship("File", primaryjoin="foreign(File.path) > Folder.path", viewonly=True)
//!
//!
//! class File(Base):
//!     __tablename__ = "file"
//!     id = Column(Integer, primary_key=True)
//!     path = Column(String(200))
//! ```

use crate::prelude::*;
use crate::walker::column_labels;

pub(super) static RULE: Rule = Rule::error(On::Relationship(check));

fn check(it: RelationshipWalker<'_>) -> Option<Finding> {
    let JoinFailure::NoSimpleEquality(argument, columns) = it.failure()? else { return None };
    let message = format!(
        "`{}` could not write {}, because the condition does not compare it by `==` with a column of the two tables; add `viewonly=True` \
         if it only reads",
        it.label(),
        column_labels(it.db, columns, "or"),
    );
    Some(Finding::new(Anchor::Expr(it.declaration.value(argument)?), message))
}
