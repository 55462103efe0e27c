//! A keyword argument of a column looks like the option of a dialect, but there is no such dialect.
//!
//! What `Column` does not know itself it takes for an option of a dialect: `max_length` for the `length` of a dialect `max`.
//! `DialectKWArgs._validate_dialect_kwargs` only warns where it finds no such dialect, and the argument does nothing. Since dialects
//! may come from any package, only names that resemble a parameter, or that no dialect would have, are reported.
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
//!     name = Column(String, server_defualt="none")
//!     #                     ^^^^^^^^^^^^^^ warning: `Column()` has no parameter `server_defualt` and takes it for an option of a dialect `server`; did you mean `server_default`?
//! ```
//!
//! ## SQLAlchemy says
//! ```text
//! SAWarning: Can't validate argument 'server_defualt'; can't locate any SQLAlchemy dialect named 'server'
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
//!     name = Column(String, server_default="none")
//! ```

use crate::prelude::*;
use crate::walker::dialect_of;

pub(super) static RULE: Rule = Rule::warning(On::ColumnMany(check));

/// Dialects that an option may name: those of SQLAlchemy and of well-known packages.
const DIALECTS: [&str; 34] = [
    "access",
    "athena",
    "bigquery",
    "clickhouse",
    "cockroachdb",
    "crate",
    "databricks",
    "db2",
    "dremio",
    "drill",
    "druid",
    "duckdb",
    "firebird",
    "firebolt",
    "hana",
    "hive",
    "impala",
    "mariadb",
    "mssql",
    "mysql",
    "opengauss",
    "oracle",
    "postgresql",
    "presto",
    "redshift",
    "risingwave",
    "singlestoredb",
    "snowflake",
    "sqlite",
    "starrocks",
    "sybase",
    "teradatasql",
    "trino",
    "vertica",
];

/// Words that parameters of other libraries begin with, and no dialect is called by.
const WORDS: [&str; 12] =
    ["allow", "auto", "default", "foreign", "is", "max", "min", "not", "null", "on", "primary", "server"];

fn check(it: ColumnWalker<'_>) -> Vec<Finding> {
    let Some(call) = it.call else { return Vec::new() };
    let mut res = Vec::new();
    for (name, at, _) in call.keywords(it.db) {
        let (Some(at), Some(dialect)) = (at, dialect_of(name.as_str())) else { continue };
        if it.knows_keyword(name.as_str()) || DIALECTS.contains(&dialect) {
            continue;
        }
        let meant = it.keyword_meant(name.as_str());
        if meant.is_empty() && !WORDS.contains(&dialect) {
            continue;
        }
        let advice = if meant.is_empty() { "; take it away".to_owned() } else { meant.to_string() };
        let message = format!(
            "`{}()` has no parameter `{name}` and takes it for an option of a dialect `{dialect}`{advice}",
            call.name,
        );
        res.push(Finding::new(at, message).with_fix(meant.fix(at)));
    }
    res
}
