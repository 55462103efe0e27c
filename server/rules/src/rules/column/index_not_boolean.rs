//! The `index` of a column is a name instead of `True` or `False`.
//!
//! `index=True` makes an index whose name follows from the table and the column. `Column._set_parent` raises for a string when the
//! column joins its table, while the module is being imported. An index with a name of its own is an `Index` in `__table_args__`.
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
//!     name = Column(String, index="ix_name")
//!     #                     ^^^^^ error: `index` of `Parent.name` is `True` or `False`, not a name; for an index called `ix_name` write `Index("ix_name", "name")` in `__table_args__`
//! ```
//!
//! ## SQLAlchemy says
//! ```text
//! ArgumentError: The 'index' keyword argument on Column is boolean only. To create indexes with a specific name, create an explicit Index object external to the Table.
//! ```
//!
//! ## Right
//! ```python
//! from sqlalchemy import Column, Index, Integer, String
//! from sqlalchemy.orm import declarative_base
//!
//! Base = declarative_base()
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id = Column(Integer, primary_key=True)
//!     name = Column(String)
//!     __table_args__ = (Index("ix_name", "name"),)
//! ```

use relmodel_model::string_value;

use crate::fix::Change;
use crate::prelude::*;

pub(super) static RULE: Rule = Rule::error(On::Column(check));

fn check(it: ColumnWalker<'_>) -> Option<Finding> {
    let call = it.call?;
    let (_, at, value) = call.keywords(it.db).find(|it| it.0 == "index")?;
    let name = string_value(it.db, value).filter(|it| !it.is_empty())?;
    let message = format!(
        "`index` of `{}` is `True` or `False`, not a name; for an index called `{name}` write `Index(\"{name}\", \"{}\")` \
         in `__table_args__`",
        it.label(),
        it.data.key,
    );
    let change = Change::ReplaceExpression { place: value, code: "True".to_owned() };
    let at = at.unwrap_or(Anchor::Expr(value));
    Some(Finding::new(at, message).with_fix(Fix::risky("Change to `True`", vec![change])))
}
