//! The columns marked as foreign keys lie in both tables.
//!
//! The direction of a relationship is told by the side that holds the foreign key. `JoinCondition._determine_direction` in
//! `orm/relationships.py` raises where the condition marks columns of both tables, some of them local and some remote.
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
//!     code = Column(String(8))
//!     items = relationship("Item", primaryjoin="and_(foreign(Order.code) == Item.code, foreign(Item.order_id) == Order.id)")
//!     #                                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: `Order.items` has no direction, because `orders.code` and `item.order_id` are foreign keys on both sides of the join; mark only those of one side by `foreign()` or `foreign_keys`
//!
//!
//! class Item(Base):
//!     __tablename__ = "item"
//!     id = Column(Integer, primary_key=True)
//!     code = Column(String(8))
//!     order_id = Column(Integer)
//! ```
//!
//! ## SQLAlchemy says
//! ```text
//! ArgumentError: Can't determine relationship direction for relationship 'Order.items' - foreign key columns within the join condition are present in both the parent and the child's mapped tables.  Ensure that only those columns referring to a parent column are marked as foreign, either via the foreign() annotation or via the foreign_keys argument.
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
//!     code = Column(String(8))
//!     items = relationship("Item", primaryjoin="and_(Order.code == Item.code, foreign(Item.order_id) == Order.id)")
//!
//!
//! class Item(Base):
//!     __tablename__ = "item"
//!     id = Column(Integer, primary_key=True)
//!     code = Column(String(8))
//!     order_id = Column(Integer)
//! ```

use crate::prelude::*;
use crate::walker::column_labels;

pub(super) static RULE: Rule = Rule::error(On::Relationship(check));

fn check(it: RelationshipWalker<'_>) -> Option<Finding> {
    let JoinFailure::BothSides(columns) = it.failure()? else { return None };
    let message = format!(
        "`{}` has no direction, because {} are foreign keys on both sides of the join; mark only those of one side by `foreign()` or \
         `foreign_keys`",
        it.label(),
        column_labels(it.db, columns, "and"),
    );
    let argument = ["primaryjoin", "foreign_keys", "remote_side"].iter().find_map(|name| it.declaration.value(name));
    Some(Finding::new(argument.map_or_else(|| it.callee_anchor(), Anchor::Expr), message))
}
