//! The `unique` of a column is a name instead of `True` or `False`.
//!
//! `unique=True` makes a constraint whose name follows from the metadata's naming convention. `Column._set_parent` raises for a
//! string when the column joins its table, while the module is being imported. A constraint with a name of its own is a
//! `UniqueConstraint` in `__table_args__`.
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
//!     name = Column(String, unique="uq_name")
//!     #                     ^^^^^^ error: `unique` of `Parent.name` is `True` or `False`, not a name; for a constraint called `uq_name` write `UniqueConstraint("name", name="uq_name")` in `__table_args__`
//! ```
//!
//! ## SQLAlchemy says
//! ```text
//! ArgumentError: The 'unique' keyword argument on Column is boolean only. To create unique constraints or indexes with a specific name, append an explicit UniqueConstraint to the Table's list of elements, or create an explicit Index object external to the Table.
//! ```
//!
//! ## Right
//! ```python
//! from sqlalchemy import Column, Integer, String, UniqueConstraint
//! from sqlalchemy.orm import declarative_base
//!
//! Base = declarative_base()
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id = Column(Integer, primary_key=True)
//!     name = Column(String)
//!     __table_args__ = (UniqueConstraint("name", name="uq_name"),)
//! ```

use relmodel_facts::Expr;
use relmodel_model::string_value;

use crate::fix::Change;
use crate::prelude::*;

pub(super) static RULE: Rule = Rule::error(On::Column(check));

fn check(it: ColumnWalker<'_>) -> Option<Finding> {
    let call = it.call?;
    let (_, at, value) = call.keywords(it.db).find(|it| it.0 == "unique")?;
    let name = string_value(it.db, value).filter(|it| !it.is_empty())?;
    // With an index, `unique` only says whether that is unique.
    let is_indexed = call.is_open() || call.keyword("index").is_some_and(|value| value.expr(it.db) != Expr::False);
    if is_indexed {
        return None;
    }
    let message = format!(
        "`unique` of `{}` is `True` or `False`, not a name; for a constraint called `{name}` write \
         `UniqueConstraint(\"{}\", name=\"{name}\")` in `__table_args__`",
        it.label(),
        it.data.key,
    );
    let change = Change::ReplaceExpression { place: value, code: "True".to_owned() };
    let at = at.unwrap_or(Anchor::Expr(value));
    Some(Finding::new(at, message).with_fix(Fix::risky("Change to `True`", vec![change])))
}
