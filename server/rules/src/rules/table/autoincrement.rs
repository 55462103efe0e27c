//! `autoincrement=True` stands on a column that cannot count, or on two columns of one key.
//!
//! The database counts in whole numbers, in one column of the primary key. `PrimaryKeyConstraint._autoincrement_column` raises when the
//! table is first used: when it is created, or a row is inserted.
//!
//! ## Wrong
//! ```python
//! from sqlalchemy import Column, String
//! from sqlalchemy.orm import declarative_base
//!
//! Base = declarative_base()
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     code = Column(String(20), primary_key=True, autoincrement=True)
//!     #                                           ^^^^^^^^^^^^^ error: `parent.code` is a `String`, which cannot be counted; remove `autoincrement=True`
//! ```
//!
//! ## SQLAlchemy says
//! ```text
//! ArgumentError: Column type VARCHAR(20) on column 'parent.code' is not compatible with autoincrement=True
//! ```
//!
//! ## Right
//! ```python
//! from sqlalchemy import Column, String
//! from sqlalchemy.orm import declarative_base
//!
//! Base = declarative_base()
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     code = Column(String(20), primary_key=True)
//! ```

use relmodel_facts::{Argument, Expr, Keyword};
use relmodel_model::{Column, library_call};

use crate::fix::Change;
use crate::prelude::*;

pub(super) static RULE: Rule = Rule::error(On::Table(check));

/// Types that are neither whole numbers nor may be.
const OTHERS: [&str; 14] = [
    "Boolean",
    "Date",
    "DateTime",
    "Enum",
    "JSON",
    "LargeBinary",
    "PickleType",
    "String",
    "Text",
    "Time",
    "Unicode",
    "UnicodeText",
    "Uuid",
    "VARCHAR",
];

fn check(it: TableWalker<'_>) -> Option<Finding> {
    let mut first: Option<(&Column, Keyword)> = None;
    for column in it.data.columns.iter().filter(|it| it.primary_key == Some(true)) {
        let Some(keyword) = autoincrement(it, column) else { continue };
        let at = Anchor::Name(column.place.item, keyword.at);
        let label = format!("{}.{}", it.label(), column.name);
        if let Some(type_) = column.type_.as_deref().filter(|type_| OTHERS.contains(type_)) {
            let message = format!("`{label}` is a `{type_}`, which cannot be counted; remove `autoincrement=True`");
            return Some(Finding::new(at, message).with_fix(without(column)));
        }
        if let Some((other, keyword)) = first {
            let message =
                format!("`{label}` and `{}` cannot both be counted; remove one `autoincrement=True`", other.name);
            let related = Anchor::Name(other.place.item, keyword.at);
            return Some(Finding::new(at, message).with_related(related, "the other column").with_fix(without(column)));
        }
        first = Some((column, keyword));
    }
    None
}

fn without(column: &Column) -> Fix {
    Fix::risky("Remove `autoincrement=True`", vec![Change::without(column.place, "autoincrement")])
}

/// The keyword of `autoincrement=True` in the call that makes a column.
fn autoincrement(it: TableWalker<'_>, column: &Column) -> Option<Keyword> {
    let (call, _) = library_call(it.db, column.place)?;
    let Expr::Call { arguments, .. } = call.expr(it.db) else { return None };
    arguments.iter().find_map(|argument| match argument {
        Argument::Keyword(keyword, value) if keyword.name == "autoincrement" => {
            (call == column.place && call.with(*value).expr(it.db) == Expr::True).then_some(*keyword)
        }
        _ => None,
    })
}
