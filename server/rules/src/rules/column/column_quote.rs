//! A column says whether its name is quoted, but not the name.
//!
//! `quote` belongs to the `name` that it is given with. In a declarative class a column has its name from its attribute, which
//! `Column` does not know yet when it raises, while the module is being imported.
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
//!     name = Column(String, quote=True)
//!     #                     ^^^^^ error: `Parent.name` has a `quote` but no name to quote; add `name="name"`
//! ```
//!
//! ## SQLAlchemy says
//! ```text
//! ArgumentError: Explicit 'name' is required when sending 'quote' argument
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
//!     name = Column("name", String, quote=True)
//! ```

use relmodel_facts::Expr;
use relmodel_model::type_name;

use crate::fix::Change;
use crate::prelude::*;
use crate::walker::Call;

pub(super) static RULE: Rule = Rule::error(On::Column(check));

fn check(it: ColumnWalker<'_>) -> Option<Finding> {
    let call = it.call?;
    let (_, at, value) = call.keywords(it.db).find(|it| it.0 == "quote")?;
    let is_given = matches!(value.expr(it.db), Expr::True | Expr::False);
    let is_named = call.is_open() || call.keyword("name").is_some_and(|value| value.expr(it.db) != Expr::None);
    let is_no_name = |place| type_name(it.db, place).is_some() || Call::reached(it.db, place).is_some();
    let may_be_name = call.first().is_some_and(|first| !is_no_name(first));
    if !is_given || is_named || may_be_name {
        return None;
    }
    let name = it.data.attribute;
    let message = format!("`{}` has a `quote` but no name to quote; add `name=\"{name}\"`", it.label());
    let change = Change::SetArgument { call: call.place, name: "name", value: format!("\"{name}\"") };
    Some(Finding::new(at?, message).with_fix(Fix::safe(format!("Add `name=\"{name}\"`"), vec![change])))
}
