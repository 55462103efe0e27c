//! A column is given its type twice: as an argument without a name and as `type_=`.
//!
//! `Column` raises while the module is being imported, even if both say the same.
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
//!     name = Column(String, type_=String)
//!     #                     ^^^^^ error: `Parent.name` is given its type `String` already; take `type_=` away
//! ```
//!
//! ## SQLAlchemy says
//! ```text
//! ArgumentError: May not pass type_ positionally and as a keyword.
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
//!     name = Column(String)
//! ```

use relmodel_facts::Expr;
use relmodel_model::{string_value, type_name};

use crate::fix::Change;
use crate::prelude::*;

pub(super) static RULE: Rule = Rule::error(On::Column(check));

fn check(it: ColumnWalker<'_>) -> Option<Finding> {
    let call = it.call?;
    let (_, at, value) = call.keywords(it.db).find(|it| it.0 == "type_")?;
    let first = call.first()?;
    let is_name = string_value(it.db, first).is_some() || first.expr(it.db) == Expr::None;
    let place = if is_name { call.leading(1)? } else { first };
    let type_ = type_name(it.db, place)?;
    type_name(it.db, value)?;
    let message = format!("`{}` is given its type `{type_}` already; take `type_=` away", it.label());
    let change = Change::RemoveArgument { call: call.place, name: Name::from("type_") };
    Some(
        Finding::new(at?, message)
            .with_related(Anchor::Expr(place), "the type")
            .with_fix(Fix::risky("Take `type_=` away", vec![change])),
    )
}
