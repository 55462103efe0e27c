//! A `Column` is given both `default` and `insert_default`.
//!
//! `mapped_column()` tells the two apart: `default` is the dataclass's, `insert_default` the column's. To `Column` they mean the same,
//! and since 2.1 it raises if both are given, while the module is being imported.
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
//!     name = Column(String, default="a", insert_default="b")
//!     #                     ^^^^^^^ error: `Parent.name` is given both `default` and `insert_default`; take one of them away
//! ```
//!
//! ## SQLAlchemy says
//! ```text 2.1
//! ArgumentError: The 'default' and 'insert_default' parameters of Column are mutually exclusive
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
//!     name = Column(String, default="b")
//! ```

use crate::fix::Change;
use crate::prelude::*;

pub(super) static RULE: Rule = Rule::error(On::Column(check)).since(SqlAlchemy::V2_1);

fn check(it: ColumnWalker<'_>) -> Option<Finding> {
    let call = it.call.filter(|it| it.name == "Column")?;
    let (_, at, _) = call.keywords(it.db).find(|it| it.0 == "default")?;
    let other = call.keyword("insert_default")?;
    let message = format!("`{}` is given both `default` and `insert_default`; take one of them away", it.label());
    let without = |name: &str| Fix::risky(format!("Remove `{name}`"), vec![Change::without(call.place, name)]);
    let res = Finding::new(at?, message).with_related(Anchor::Expr(other), "the `insert_default`");
    Some(res.with_fix(without("default")).with_fix(without("insert_default")))
}
