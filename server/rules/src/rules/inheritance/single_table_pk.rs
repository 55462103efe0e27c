//! A class that shares its parent's table adds a primary key column.
//!
//! The rows are the parent's, and so is their key. `_setup_inheriting_columns` adds the other columns of such a class to the table, and
//! raises at a key while the module is being imported. With a `__tablename__` the class gets a table of its own, joined to the parent's.
//!
//! ## Wrong
//! ```python
//! from sqlalchemy import Column, Integer, String
//! from sqlalchemy.orm import declarative_base
//!
//! Base = declarative_base()
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id = Column(Integer, primary_key=True)
//!     type = Column(String(20))
//!     __mapper_args__ = {"polymorphic_on": type, "polymorphic_identity": "parent"}
//!
//!
//! class Child(Parent):
//!     child_id = Column(Integer, primary_key=True)
//! #   ^^^^^^^^ error: `Child` shares the table of `Parent`, which has a primary key; remove `primary_key=True`, or add `__tablename__`
//!     __mapper_args__ = {"polymorphic_identity": "child"}
//! ```
//!
//! ## SQLAlchemy says
//! ```text
//! ArgumentError: Can't place primary key columns on an inherited class with no table.
//! ```
//!
//! ## Right
//! ```python
//! from sqlalchemy import Column, Integer, String
//! from sqlalchemy.orm import declarative_base
//!
//! Base = declarative_base()
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id = Column(Integer, primary_key=True)
//!     type = Column(String(20))
//!     __mapper_args__ = {"polymorphic_on": type, "polymorphic_identity": "parent"}
//!
//!
//! class Child(Parent):
//!     child_id = Column(Integer)
//!     __mapper_args__ = {"polymorphic_identity": "child"}
//! ```

use relmodel_model::{Framework, class_info, inheritance, member, table};

use crate::fix::Change;
use crate::prelude::*;

pub(super) static RULE: Rule = Rule::error(On::Attribute(check));

fn check(it: AttributeWalker<'_>) -> Option<Finding> {
    let class = it.class;
    let is_plain = class_info(class.db, class.id).framework == Framework::None && !class.is_open();
    if !it.is_certain() || !is_plain || inheritance(class.db, class.id) != Inheritance::Single {
        return None;
    }
    let MemberKind::Column(column) = &it.member()?.kind else { return None };
    if column.primary_key != Some(true) {
        return None;
    }
    // A column that the parent has already is a fault of another kind, or the parent's own.
    let parent = class.mapped_parent()?;
    let shared = table(class.db, class.table()?.id).as_ref()?;
    let is_known = shared.columns.iter().any(|it| it.name == column.name && it.place != column.place);
    if is_known || shared.is_open || member(class.db, parent.id, it.name()).is_some() {
        return None;
    }
    let message = format!(
        "`{}` shares the table of `{}`, which has a primary key; remove `primary_key=True`, or add `__tablename__`",
        class.name(),
        parent.name(),
    );
    let call = it.call().filter(|it| it.place == column.place && it.keyword("primary_key").is_some());
    let without = |place| Fix::risky("Remove `primary_key=True`", vec![Change::without(place, "primary_key")]);
    Some(Finding::new(it.anchor(), message).with_fix(call.map(|it| without(it.place))))
}
