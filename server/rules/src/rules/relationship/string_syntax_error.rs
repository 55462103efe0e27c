//! A string of a relationship is no Python expression.
//!
//! `primaryjoin`, `order_by` and the like are given to Python's `eval` when SQLAlchemy configures the mappers (`_class_resolver` in
//! `orm/clsregistry.py`). They are Python, not SQL: columns are compared by `==`, conditions are joined by `and_(...)`, and the order
//! is turned by `.desc()`.
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
//!     children = relationship("Child", order_by="Child.position DESC")
//!     #                                                         ^^^^ error: the string `order_by` of `Parent.children` is no Python expression; write `.desc()` behind the column
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id = Column(Integer, primary_key=True)
//!     parent_id = Column(Integer, ForeignKey("parent.id"))
//!     position = Column(Integer)
//! ```
//!
//! ## SQLAlchemy says
//! ```text
//! SyntaxError: invalid syntax (<string>, line 1)
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
//!     children = relationship("Child", order_by="Child.position.desc()")
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id = Column(Integer, primary_key=True)
//!     parent_id = Column(Integer, ForeignKey("parent.id"))
//!     position = Column(Integer)
//! ```

use relmodel_model::FaultKind;

use crate::fix::Change;
use crate::prelude::*;

pub(super) static RULE: Rule = Rule::error(On::RelationshipMany(check));

fn check(it: RelationshipWalker<'_>) -> Vec<Finding> {
    let mut res = Vec::new();
    for fault in it.string_faults() {
        let FaultKind::Syntax(start, end) = fault.kind else { continue };
        let at = Anchor::InString(fault.place, start, end);
        let text = relmodel_model::string_value(it.db, fault.place).unwrap_or_default();
        let written = text.get(start as usize..end as usize).unwrap_or_default();
        let advice = match written.to_ascii_lowercase().as_str() {
            "=" => "; compare by `==`",
            "desc" | "asc" => &format!("; write `.{}()` behind the column", written.to_ascii_lowercase()),
            _ => "",
        };
        let message = format!("the string `{}` of `{}` is no Python expression{advice}", fault.parameter, it.label());
        let compare = Change::Replace { at, old: "=".to_owned(), new: "==".to_owned() };
        let fix = (written == "=").then(|| Fix::safe("Compare by `==`", vec![compare]));
        res.push(Finding::new(at, message).with_fix(fix));
    }
    res
}
