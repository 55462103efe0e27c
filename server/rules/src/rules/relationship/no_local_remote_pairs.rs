//! No comparison of a join is between a local and a remote column.
//!
//! SQLAlchemy pairs the columns of the parent's side with those of the target's side. Within one table `remote_side` tells them
//! apart, and where it names both columns of a comparison, or neither, `JoinCondition._check_remote_side` in `orm/relationships.py`
//! raises.
//!
//! ## Wrong
//! ```python
//! from sqlalchemy import Column, ForeignKey, Integer
//! from sqlalchemy.orm import declarative_base, relationship
//!
//! Base = declarative_base()
//!
//!
//! class Step(Base):
//!     __tablename__ = "step"
//!     id = Column(Integer, primary_key=True)
//!     up_id = Column(Integer, ForeignKey("step.id"))
//!     up = relationship("Step", remote_side=[id, up_id])
//!     #                                     ^^^^^^^^^^^ error: `Step.up` has no comparison between a local column and one of the target's side; let `remote_side` name one column of each comparison
//! ```
//!
//! ## SQLAlchemy says
//! ```text
//! ArgumentError: Relationship Step.up could not determine any unambiguous local/remote column pairs based on join condition and remote_side arguments.  Consider using the remote() annotation to accurately mark those elements of the join condition that are on the remote side of the relationship.
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
//! class Step(Base):
//!     __tablename__ = "step"
//!     id = Column(Integer, primary_key=True)
//!     up_id = Column(Integer, ForeignKey("step.id"))
//!     up = relationship("Step", remote_side=[id])
//! ```

use crate::prelude::*;

pub(super) static RULE: Rule = Rule::error(On::Relationship(check));

fn check(it: RelationshipWalker<'_>) -> Option<Finding> {
    let JoinFailure::NoPairs = it.failure()? else { return None };
    let (at, advice) = match (it.declaration.value("remote_side"), it.declaration.value("primaryjoin")) {
        (Some(value), _) => (Anchor::Expr(value), "let `remote_side` name one column of each comparison"),
        (None, Some(value)) => (Anchor::Expr(value), "mark one column of each comparison by `remote()`"),
        (None, None) => (it.callee_anchor(), "add `remote_side`"),
    };
    let message =
        format!("`{}` has no comparison between a local column and one of the target's side; {advice}", it.label());
    Some(Finding::new(at, message))
}
