//! A constraint is over columns of two tables.
//!
//! A constraint belongs to one table, that of its columns. `ColumnCollectionMixin._check_attach` in `sql/schema.py` raises when its columns
//! turn out to belong to two, while the module is being imported.
//!
//! ## Wrong
//! ```python
//! from sqlalchemy import Column, Integer, UniqueConstraint
//! from sqlalchemy.orm import declarative_base
//!
//! Base = declarative_base()
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id = Column(Integer, primary_key=True)
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id = Column(Integer, primary_key=True)
//!     number = Column(Integer)
//!     __table_args__ = (UniqueConstraint(number, Parent.id),)
//!     #                                          ^^^^^^^^^ error: a constraint of the table `child` cannot be over a column of `parent`
//! ```
//!
//! ## SQLAlchemy says
//! ```text
//! ArgumentError: Column(s) 'parent.id' are not part of table 'child'.
//! ```
//!
//! ## Right
//! ```python
//! from sqlalchemy import Column, Integer, UniqueConstraint
//! from sqlalchemy.orm import declarative_base
//!
//! Base = declarative_base()
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id = Column(Integer, primary_key=True)
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id = Column(Integer, primary_key=True)
//!     number = Column(Integer)
//!     parent_id = Column(Integer)
//!     __table_args__ = (UniqueConstraint(number, parent_id),)
//! ```

use relmodel_facts::Expr;
use relmodel_model::{Place, member};

use crate::prelude::*;
use crate::walker::Call;

pub(super) static RULE: Rule = Rule::error(On::TableMany(check));

fn check(it: TableWalker<'_>) -> Vec<Finding> {
    let calls = it.items().into_iter().filter_map(|place| Call::reached(it.db, place));
    calls.filter(|call| call.name == "UniqueConstraint").filter_map(|call| over_two(it, &call)).collect()
}

fn over_two(it: TableWalker<'_>, constraint: &Call) -> Option<Finding> {
    let columns: Vec<Place> = constraint.positional().collect();
    let own = columns.iter().filter(|place| is_own(it, **place)).count();
    let others: Vec<(Place, TableWalker<'_>)> = columns
        .iter()
        .filter_map(|place| Some((*place, it.table_of_column(*place).filter(|found| found.id != it.id)?)))
        .collect();
    let (place, owner) = others.first()?;
    // Where names are given as strings, the table of the others is taken for that of the constraint.
    if constraint.is_open() || own == 0 || own + others.len() != columns.len() {
        return None;
    }
    let message = format!("a constraint of the table `{}` cannot be over a column of `{}`", it.label(), owner.label());
    Some(Finding::new(Anchor::Expr(*place), message))
}

/// Whether an expression is the name of a column in the body of the class.
fn is_own(it: TableWalker<'_>, place: Place) -> bool {
    let (Expr::Name(name), Some(class)) = (place.expr(it.db), it.class()) else { return false };
    member(it.db, class, name)
        .is_some_and(|(owner, found)| owner == class && matches!(found.kind, MemberKind::Column(_)))
}
