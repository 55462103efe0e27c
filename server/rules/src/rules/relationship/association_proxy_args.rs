//! An association proxy is told to delete and to create on the same occasion.
//!
//! With `cascade_scalar_deletes=True`, giving the proxy `None` deletes the object behind it; with `create_on_none_assignment=True` it
//! makes one. `AssociationProxy.__init__` raises while the module is being imported.
//!
//! ## Wrong
//! ```python
//! from sqlalchemy import Column, ForeignKey, Integer, String
//! from sqlalchemy.ext.associationproxy import association_proxy
//! from sqlalchemy.orm import declarative_base, relationship
//!
//! Base = declarative_base()
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id = Column(Integer, primary_key=True)
//!     child_id = Column(Integer, ForeignKey("child.id"))
//!     child = relationship("Child")
//!     name = association_proxy("child", "name", cascade_scalar_deletes=True, create_on_none_assignment=True)
//!     #                                                                      ^^^^^^^^^^^^^^^^^^^^^^^^^ error: `Parent.name` cannot have both `cascade_scalar_deletes` and `create_on_none_assignment`; take one of them away
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id = Column(Integer, primary_key=True)
//!     name = Column(String(20))
//! ```
//!
//! ## SQLAlchemy says
//! ```text 2.0 2.1
//! ArgumentError: The cascade_scalar_deletes and create_on_none_assignment parameters are mutually exclusive.
//! ```
//!
//! ## Right
//! ```python
//! from sqlalchemy import Column, ForeignKey, Integer, String
//! from sqlalchemy.ext.associationproxy import association_proxy
//! from sqlalchemy.orm import declarative_base, relationship
//!
//! Base = declarative_base()
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id = Column(Integer, primary_key=True)
//!     child_id = Column(Integer, ForeignKey("child.id"))
//!     child = relationship("Child")
//!     name = association_proxy("child", "name", create_on_none_assignment=True)
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id = Column(Integer, primary_key=True)
//!     name = Column(String(20))
//! ```

use relmodel_facts::Expr;

use crate::fix::Change;
use crate::prelude::*;

pub(super) static RULE: Rule = Rule::error(On::Attribute(check)).since(SqlAlchemy::V2_0);

const PAIR: [&str; 2] = ["cascade_scalar_deletes", "create_on_none_assignment"];

fn check(it: AttributeWalker<'_>) -> Option<Finding> {
    let db = it.class.db;
    let call = it.call().filter(|call| call.name == "association_proxy" && it.is_certain())?;
    let mut given =
        call.keywords(db).filter(|(name, _, value)| PAIR.contains(&name.as_str()) && value.expr(db) == Expr::True);
    given.next()?;
    let at = given.next()?.1?;
    let message = format!("`{}` cannot have both `{}` and `{}`; take one of them away", it.label(), PAIR[0], PAIR[1]);
    let without = |name: &str| Fix::risky(format!("Remove `{name}`"), vec![Change::without(call.place, name)]);
    Some(Finding::new(at, message).with_fixes(PAIR.map(without).to_vec()))
}
