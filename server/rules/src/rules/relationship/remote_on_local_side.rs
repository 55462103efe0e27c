//! A column of the parent's own table is marked as remote.
//!
//! The remote columns of a relationship are those of the target. They need to be marked only where both sides are one table. Where
//! `remote_side` or `remote()` marks a column that only the parent has, `JoinCondition._check_remote_side` in `orm/relationships.py`
//! warns, and the relationship loads in the wrong way.
//!
//! ## Wrong
//! ```python
//! from sqlalchemy import Column, ForeignKey, Integer
//! from sqlalchemy.orm import declarative_base, relationship
//!
//! Base = declarative_base()
//!
//!
//! class Tray(Base):
//!     __tablename__ = "tray"
//!     id = Column(Integer, primary_key=True)
//!
//!
//! class Cup(Base):
//!     __tablename__ = "cup"
//!     id = Column(Integer, primary_key=True)
//!     tray_id = Column(Integer, ForeignKey("tray.id"))
//!     tray = relationship("Tray", remote_side=[tray_id])
//!     #                                       ^^^^^^^^^ warning: `cup.tray_id` is marked as remote, but belongs to `Cup`, which is the local side of `Cup.tray`; only columns of `Tray` are remote
//! ```
//!
//! ## SQLAlchemy says
//! ```text
//! SAWarning: Expression cup.tray_id is marked as 'remote', but these column(s) are local to the local side.  The remote() annotation is needed only for a self-referential relationship where both sides of the relationship refer to the same tables.
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
//! class Tray(Base):
//!     __tablename__ = "tray"
//!     id = Column(Integer, primary_key=True)
//!
//!
//! class Cup(Base):
//!     __tablename__ = "cup"
//!     id = Column(Integer, primary_key=True)
//!     tray_id = Column(Integer, ForeignKey("tray.id"))
//!     tray = relationship("Tray")
//! ```

use relmodel_model::{ColumnRef, Joined, selectable};

use crate::prelude::*;
use crate::walker::column_labels;

pub(super) static RULE: Rule = Rule::warning(On::Relationship(check));

fn check(it: RelationshipWalker<'_>) -> Option<Finding> {
    let Joined::Join(join) = &it.data.join else { return None };
    // A column of an association table is remote wherever else the table is used.
    if it.data.secondary != Secondary::None {
        return None;
    }
    let (parent, target) = (selectable(it.db, it.id.parent(it.db))?, selectable(it.db, it.target()?.id)?);
    let is_local = |it: &ColumnRef| parent.contains(&it.table) && !target.contains(&it.table);
    let columns: Vec<ColumnRef> = join.pairs.iter().map(|it| it.remote).filter(is_local).collect();
    if columns.is_empty() {
        return None;
    }
    let argument = ["remote_side", "primaryjoin"].iter().find_map(|name| it.declaration.value(name))?;
    let message = format!(
        "{} is marked as remote, but belongs to `{}`, which is the local side of `{}`; only columns of `{}` are remote",
        column_labels(it.db, &columns, "and"),
        it.parent().name(),
        it.label(),
        it.target()?.name(),
    );
    Some(Finding::new(Anchor::Expr(argument), message))
}
