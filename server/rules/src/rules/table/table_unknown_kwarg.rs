//! A table is given an option that it does not have.
//!
//! The options stand in the dictionary of `__table_args__` or among the keywords of `Table`. What `Table` does not know itself it
//! takes for an option of a dialect, which are named after it: `mysql_charset`. `DialectKWArgs._validate_dialect_kwargs` raises for a
//! name that cannot be split so, while the module is being imported.
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
//!     name = Column(String)
//!     __table_args__ = {"charset": "utf8"}
//!     #                  ^^^^^^^ error: the table `parent` has no option `charset`; options of a dialect begin with its name: `mysql_charset`
//! ```
//!
//! ## SQLAlchemy says
//! ```text
//! TypeError: Additional arguments should be named <dialectname>_<argument>, got 'charset'
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
//!     __table_args__ = {"mysql_charset": "utf8"}
//! ```

use relmodel_model::{OptionAt, class_info, own_attribute, table_options};

use crate::fix::Change;
use crate::prelude::*;
use crate::walker::is_dialect_option;

pub(super) static RULE: Rule = Rule::error(On::TableMany(check));

/// The parameters of `Table` in 1.4, 2.0 or 2.1, and that of Flask-SQLAlchemy's own.
const OPTIONS: [&str; 18] = [
    "autoload",
    "autoload_replace",
    "autoload_with",
    "bind_key",
    "comment",
    "extend_existing",
    "implicit_returning",
    "include_columns",
    "info",
    "keep_existing",
    "listeners",
    "metadata",
    "must_exist",
    "name",
    "prefixes",
    "quote",
    "quote_schema",
    "schema",
];

/// Options that dialects are given without their name.
const OF_DIALECTS: [&str; 4] = ["charset", "collate", "engine", "tablespace"];

fn check(it: TableWalker<'_>) -> Vec<Finding> {
    let mut res = Vec::new();
    if makes_tables_itself(it) {
        return res;
    }
    for option in it.options().map_or_else(Vec::new, |place| table_options(it.db, place)) {
        let name = option.name.as_str();
        if OPTIONS.contains(&name) || name.starts_with('_') || name == "resolve_fks" {
            continue;
        }
        let meant = did_you_mean(name, OPTIONS);
        // An option of a dialect that is not installed is ignored with a warning; which are, is not known here.
        let is_option = is_dialect_option(name);
        if is_option && meant.is_empty() {
            continue;
        }
        let hint = if OF_DIALECTS.contains(&name) {
            format!("; options of a dialect begin with its name: `mysql_{name}`")
        } else {
            meant.to_string()
        };
        let at = match option.at {
            OptionAt::Key(key) => Anchor::Expr(key),
            OptionAt::Keyword(item, at) => Anchor::Name(item, at),
        };
        let finding = Finding::new(at, format!("the table `{}` has no option `{name}`{hint}", it.label()))
            .with_fix(meant.fix(at))
            .with_fix(OF_DIALECTS.contains(&name).then(|| of_mysql(at, name)));
        res.push(if is_option { finding.as_warning() } else { finding });
    }
    res
}

/// Most who leave the name of the dialect out mean `MySQL`.
fn of_mysql(at: Anchor, name: &str) -> Fix {
    let new = format!("mysql_{name}");
    Fix::risky(format!("Change to `{new}`"), vec![Change::Replace { at, old: name.to_owned(), new }])
}

/// Whether the class says itself how its table is made, so that other options may be known.
fn makes_tables_itself(it: TableWalker<'_>) -> bool {
    it.class().is_some_and(|class| {
        let info = class_info(it.db, class);
        let hook = Name::from("__table_cls__");
        info.is_open || info.mro.iter().any(|it_| own_attribute(it.db, *it_, hook).is_some())
    })
}
