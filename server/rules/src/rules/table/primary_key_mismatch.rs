//! A `PrimaryKeyConstraint` names other columns than those with `primary_key=True`.
//!
//! `PrimaryKeyConstraint._set_parent` warns while the module is being imported and takes the constraint's columns alone for the
//! primary key.
//!
//! ## Wrong
//! ```python
//! from sqlalchemy import Column, Integer, PrimaryKeyConstraint, String
//! from sqlalchemy.orm import declarative_base
//!
//! Base = declarative_base()
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id = Column(Integer, primary_key=True)
//!     name = Column(String)
//!     __table_args__ = (PrimaryKeyConstraint("name"),)
//!     #                 ^^^^^^^^^^^^^^^^^^^^ warning: the `PrimaryKeyConstraint` of the table `parent` names `name`, but `id` has `primary_key=True`; say it in one place
//! ```
//!
//! ## SQLAlchemy says
//! ```text
//! SAWarning: Table 'parent' specifies columns 'id' as primary_key=True, not matching locally specified columns 'name'; setting the current primary key columns to 'name'. This warning may become an exception in a future release
//! ```
//!
//! ## Right
//! ```python
//! from sqlalchemy import Column, Integer, PrimaryKeyConstraint, String
//! from sqlalchemy.orm import declarative_base
//!
//! Base = declarative_base()
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id = Column(Integer)
//!     name = Column(String)
//!     __table_args__ = (PrimaryKeyConstraint("id", "name"),)
//! ```

use relmodel_facts::Expr;

use crate::prelude::*;
use crate::walker::{Call, for_each_column_of};

pub(super) static RULE: Rule = Rule::warning(On::Table(check));

fn check(it: TableWalker<'_>) -> Option<Finding> {
    if it.data.is_open || it.data.is_redefinable || it.data.primary_key.is_empty() {
        return None;
    }
    let mut calls = it.items().into_iter().filter_map(|place| Call::reached(it.db, place));
    let call = calls.find(|it| it.name == "PrimaryKeyConstraint")?;
    let mut marked = Vec::new();
    let mut is_certain = !call.is_open();
    for_each_column_of(it, &mut |column| match column.call.map(|it| (it.is_open(), it.keyword("primary_key"))) {
        Some((false, None)) => {}
        Some((false, Some(value))) if value.expr(it.db) == Expr::False => {}
        Some((false, Some(value))) if value.expr(it.db) == Expr::True => marked.push(column.data.key),
        _ => is_certain = false,
    });
    let named = &it.data.primary_key;
    let exist = named.iter().all(|name| it.data.columns.iter().any(|it| it.key == *name));
    let is_same = marked.len() == named.len() && marked.iter().all(|it| named.contains(it));
    if marked.is_empty() || is_same || !exist || !is_certain {
        return None;
    }
    let list = |names: &[Name]| names.iter().map(|it| format!("`{it}`")).collect::<Vec<String>>().join(", ");
    let message = format!(
        "the `PrimaryKeyConstraint` of the table `{}` names {}, but {} {} `primary_key=True`; say it in one place",
        it.label(),
        list(named),
        list(&marked),
        if marked.len() == 1 { "has" } else { "have" },
    );
    Some(Finding::new(call.callee(it.db), message))
}
