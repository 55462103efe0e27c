//! A join condition compares no foreign key column.
//!
//! `primaryjoin` says how the rows of the two tables are found, and SQLAlchemy asks of each column in it whether it refers to the
//! other: by a `ForeignKey`, by `foreign_keys`, or by `foreign()` in the condition. `JoinCondition._check_foreign_cols` in
//! `orm/relationships.py` raises where none does.
//!
//! ## Wrong
//! ```python
//! from sqlalchemy import Column, Integer, String
//! from sqlalchemy.orm import declarative_base, relationship
//!
//! Base = declarative_base()
//!
//!
//! class Visitor(Base):
//!     __tablename__ = "visitor"
//!     id = Column(Integer, primary_key=True)
//!     email = Column(String(50))
//!     tickets = relationship("Ticket", primaryjoin="Visitor.email == Ticket.email")
//!     #                                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: `Visitor.tickets` cannot be joined by this condition, because none of `visitor.email` and `ticket.email` is a foreign key; add a `ForeignKey`, or mark the column that refers to the other one by `foreign()`
//!
//!
//! class Ticket(Base):
//!     __tablename__ = "ticket"
//!     id = Column(Integer, primary_key=True)
//!     email = Column(String(50))
//! ```
//!
//! ## SQLAlchemy says
//! ```text
//! ArgumentError: Could not locate any relevant foreign key columns for primary join condition 'visitor.email = ticket.email' on relationship Visitor.tickets.  Ensure that referencing columns are associated with a ForeignKey or ForeignKeyConstraint, or are annotated in the join condition with the foreign() annotation.
//! ```
//!
//! ## Right
//! ```python
//! from sqlalchemy import Column, Integer, String
//! from sqlalchemy.orm import declarative_base, relationship
//!
//! Base = declarative_base()
//!
//!
//! class Visitor(Base):
//!     __tablename__ = "visitor"
//!     id = Column(Integer, primary_key=True)
//!     email = Column(String(50))
//!     tickets = relationship("Ticket", primaryjoin="Visitor.email == foreign(Ticket.email)")
//!
//!
//! class Ticket(Base):
//!     __tablename__ = "ticket"
//!     id = Column(Integer, primary_key=True)
//!     email = Column(String(50))
//! ```

use crate::prelude::*;
use crate::walker::column_labels;

pub(super) static RULE: Rule = Rule::error(On::Relationship(check));

fn check(it: RelationshipWalker<'_>) -> Option<Finding> {
    let JoinFailure::NoForeignColumns(argument, columns) = it.failure()? else { return None };
    let message = format!(
        "`{}` cannot be joined by this condition, because none of {} is a foreign key; add a `ForeignKey`, or mark the column that \
         refers to the other one by `foreign()`",
        it.label(),
        column_labels(it.db, columns, "and"),
    );
    Some(Finding::new(Anchor::Expr(it.declaration.value(argument)?), message))
}
