//! A `Table` is given two columns of one name.
//!
//! `Column._set_parent` raises since 2.0 when the second one joins the table, while the module is being imported. Before, the second
//! one took the place of the first.
//!
//! ## Wrong
//! ```python
//! from sqlalchemy import Column, Integer, MetaData, String, Table
//!
//! parent = Table(
//!     "parent",
//!     MetaData(),
//!     Column("id", Integer, primary_key=True),
//!     Column("name", String),
//!     Column("name", Integer),
//!     #       ^^^^ error: the table `parent` has a column `name` already; give this one another name
//! )
//! ```
//!
//! ## SQLAlchemy says
//! ```text 2.0 2.1
//! DuplicateColumnError: A column with name 'name' is already present in table 'parent'.
//! ```
//!
//! ## Right
//! ```python
//! from sqlalchemy import Column, Integer, MetaData, String, Table
//!
//! parent = Table(
//!     "parent",
//!     MetaData(),
//!     Column("id", Integer, primary_key=True),
//!     Column("name", String),
//!     Column("number", Integer),
//! )
//! ```

use relmodel_model::Column;

use crate::prelude::*;
use crate::walker::Call;

pub(super) static RULE: Rule = Rule::error(On::TableMany(check)).since(SqlAlchemy::V2_0);

fn check(it: TableWalker<'_>) -> Vec<Finding> {
    if it.data.is_redefinable || it.class().is_some() {
        return Vec::new();
    }
    let columns = &it.data.columns;
    let clash = |index: usize| {
        let column: &Column = columns.get(index)?;
        let first = columns.iter().take(index).find(|it| it.key == column.key || it.name == column.name)?;
        let is_named = |it: &Column| !it.is_open && !it.key.is_empty();
        (is_named(first) && is_named(column) && first.place != column.place).then_some((first, column))
    };
    (1..columns.len()).filter_map(clash).filter_map(|(first, column)| finding(it, first, column)).collect()
}

fn finding(it: TableWalker<'_>, first: &Column, column: &Column) -> Option<Finding> {
    let anchor = |column: &Column| {
        let call = Call::at(it.db, column.place)?;
        Some(Anchor::Expr(call.first().or_else(|| call.keyword("name"))?))
    };
    let message =
        format!("the table `{}` has a column `{}` already; give this one another name", it.label(), column.name);
    Some(Finding::new(anchor(column)?, message).with_related(anchor(first)?, "the first column"))
}
