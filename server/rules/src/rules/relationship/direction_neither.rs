//! The columns marked as foreign keys lie in neither of the two tables.
//!
//! The direction of a relationship is told by the side that holds the foreign key. `JoinCondition._determine_direction` in
//! `orm/relationships.py` raises where the condition marks columns of a third table only.
//!
//! ## Wrong
//! ```python
//! from sqlalchemy import Column, Integer, String
//! from sqlalchemy.orm import declarative_base, relationship
//!
//! Base = declarative_base()
//!
//!
//! class Order(Base):
//!     __tablename__ = "orders"
//!     id = Column(Integer, primary_key=True)
//!     items = relationship("Item", primaryjoin="Order.id == foreign(Ledger.order_id)", viewonly=True)
//!     #                                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: `Order.items` has no direction, because the foreign key `ledger.order_id` lies neither in `Order` nor in `Item`; compare a column of these two, or go through the third table by `secondary`
//!
//!
//! class Item(Base):
//!     __tablename__ = "item"
//!     id = Column(Integer, primary_key=True)
//!     order_id = Column(Integer)
//!
//!
//! class Ledger(Base):
//!     __tablename__ = "ledger"
//!     id = Column(Integer, primary_key=True)
//!     order_id = Column(Integer)
//! ```
//!
//! ## SQLAlchemy says
//! ```text
//! ArgumentError: Can't determine relationship direction for relationship 'Order.items' - foreign key columns are present in neither the parent nor the child's mapped tables
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
//! class Order(Base):
//!     __tablename__ = "orders"
//!     id = Column(Integer, primary_key=True)
//!     items = relationship("Item", primaryjoin="Order.id == foreign(Item.order_id)", viewonly=True)
//!
//!
//! class Item(Base):
//!     __tablename__ = "item"
//!     id = Column(Integer, primary_key=True)
//!     order_id = Column(Integer)
//!
//!
//! class Ledger(Base):
//!     __tablename__ = "ledger"
//!     id = Column(Integer, primary_key=True)
//!     order_id = Column(Integer)
//! ```

use crate::prelude::*;
use crate::walker::column_labels;

pub(super) static RULE: Rule = Rule::error(On::Relationship(check));

fn check(it: RelationshipWalker<'_>) -> Option<Finding> {
    let JoinFailure::NeitherSide(columns) = it.failure()? else { return None };
    let message = format!(
        "`{}` has no direction, because the foreign key {} lies neither in `{}` nor in `{}`; compare a column of these two, or go \
         through the third table by `secondary`",
        it.label(),
        column_labels(it.db, columns, "or"),
        it.parent().name(),
        it.target()?.name(),
    );
    Some(Finding::new(Anchor::Expr(it.declaration.value("primaryjoin")?), message))
}
