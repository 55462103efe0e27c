//! A column is given its name twice: as the first argument and as `name=`.
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
//!     label = Column("name", String, name="name")
//!     #                              ^^^^ error: `Parent.label` has its name `name` as the first argument already; take `name=` away
//! ```
//!
//! ## SQLAlchemy says
//! ```text
//! ArgumentError: May not pass name positionally and as a keyword.
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
//!     label = Column("name", String)
//! ```

use relmodel_facts::Expr;
use relmodel_model::string_value;

use crate::fix::Change;
use crate::prelude::*;

pub(super) static RULE: Rule = Rule::error(On::Column(check));

fn check(it: ColumnWalker<'_>) -> Option<Finding> {
    let call = it.call?;
    let first = call.first()?;
    let name = string_value(it.db, first)?;
    let (_, at, value) = call.keywords(it.db).find(|it| it.0 == "name")?;
    if value.expr(it.db) == Expr::None || string_value(it.db, value).is_none() {
        return None;
    }
    let message = format!("`{}` has its name `{name}` as the first argument already; take `name=` away", it.label());
    let change = Change::RemoveArgument { call: call.place, name: Name::from("name") };
    let fix = Fix::safe("Take `name=` away", vec![change]);
    let is_same = string_value(it.db, value).is_some_and(|it| it == name);
    Some(Finding::new(at?, message).with_related(Anchor::Expr(first), "the name").with_fix(if is_same {
        fix
    } else {
        fix.as_risky()
    }))
}
