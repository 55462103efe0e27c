//! The `secondary` table of a relationship has no foreign key to one of its sides.
//!
//! A many-to-many relationship is joined twice, from the parent to the `secondary` table and from there to the target.
//! `_determine_joins` in `orm/relationships.py` looks for a foreign key for each join when SQLAlchemy configures the mappers, and
//! raises when one has none.
//!
//! ## Wrong
//! ```python
//! from sqlalchemy import Column, ForeignKey, Integer, Table
//! from sqlalchemy.orm import declarative_base, relationship
//!
//! Base = declarative_base()
//!
//!
//! association = Table(
//!     "association",
//!     Base.metadata,
//!     Column("parent_id", ForeignKey("parent.id"), primary_key=True),
//!     Column("child_id", Integer, primary_key=True),
//! )
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id = Column(Integer, primary_key=True)
//!     children = relationship("Child", secondary=association)
//!     #                                          ^^^^^^^^^^^ error: `Parent.children` cannot be joined through `association`, because no foreign key links it with `child`; add a `ForeignKey` to a column of `association`
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id = Column(Integer, primary_key=True)
//! ```
//!
//! ## SQLAlchemy says
//! ```text
//! NoForeignKeysError: Could not determine join condition between parent/child tables on relationship Parent.children - there are no foreign keys linking these tables via secondary table 'association'.  Ensure that referencing columns are associated with a ForeignKey or ForeignKeyConstraint, or specify 'primaryjoin' and 'secondaryjoin' expressions.
//! ```
//!
//! ## Right
//! ```python
//! from sqlalchemy import Column, ForeignKey, Integer, Table
//! from sqlalchemy.orm import declarative_base, relationship
//!
//! Base = declarative_base()
//!
//!
//! association = Table(
//!     "association",
//!     Base.metadata,
//!     Column("parent_id", ForeignKey("parent.id"), primary_key=True),
//!     Column("child_id", ForeignKey("child.id"), primary_key=True),
//! )
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id = Column(Integer, primary_key=True)
//!     children = relationship("Child", secondary=association)
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id = Column(Integer, primary_key=True)
//! ```

use crate::mend::keys::NewKey;
use crate::prelude::*;

pub(super) static RULE: Rule = Rule::error(On::Relationship(check));

fn check(it: RelationshipWalker<'_>) -> Option<Finding> {
    let JoinFailure::NoForeignKeysSecondary(secondary, side) = it.failure()? else { return None };
    let secondary = TableWalker::new(it.db, *secondary)?;
    let (class, side) = (*side, ClassWalker { db: it.db, id: *side }.table()?);
    let message = format!(
        "`{}` cannot be joined through `{}`, because no foreign key links it with `{}`; add a `ForeignKey` to a column of `{}`",
        it.label(),
        secondary.label(),
        side.label(),
        secondary.label(),
    );
    let value = it.declaration.value("secondary")?;
    let value = match value.expr(it.db) {
        relmodel_facts::Expr::Lambda { body, .. } => value.with(body),
        _ => value,
    };
    let new = NewKey::new(it.db, secondary.id, class);
    let fix = new.and_then(|it| it.of_known_column(None).or_else(|| it.of_new_column(None, false)));
    let mut res = Finding::new(Anchor::Expr(value), message).with_fix(fix);
    if let Some(at) = secondary.anchor() {
        res = res.with_related(at, format!("the table `{}`", secondary.label()));
    }
    Some(res)
}
