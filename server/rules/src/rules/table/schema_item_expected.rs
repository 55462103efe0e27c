//! A column or a table is given something that is no item of a schema.
//!
//! Behind its name and type a `Column` takes foreign keys, constraints, sequences and the like; a `Table` takes columns, constraints
//! and indexes. `SchemaItem._init_items` raises for anything else, while the module is being imported. Most often a type is written
//! as a string or as Python's own type, or the dictionary of `__table_args__` does not stand last.
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
//!     name = Column("name", "String")
//!     #                      ^^^^^^ error: `Parent.name` is given the string `String`, which is no type, foreign key or other item of a column; did you mean the type `String`?
//! ```
//!
//! ## SQLAlchemy says
//! ```text
//! ArgumentError: 'SchemaItem' object, such as a 'Column' or a 'Constraint' expected, got 'String'
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
//!     name = Column("name", String)
//! ```

use relmodel_facts::Expr;
use relmodel_model::{Given, Place, home_of, string_value};

use crate::fix::Change;
use crate::prelude::*;
use crate::walker::{for_each_column_of, no_item};

pub(super) static RULE: Rule = Rule::error(On::TableMany(check));

fn check(it: TableWalker<'_>) -> Vec<Finding> {
    let mut res = Vec::new();
    for place in it.items() {
        if let Some(what) = no_item(it.db, place) {
            let is_options = matches!(place.expr(it.db), Expr::Dict(_));
            let advice = if is_options { "; options stand last" } else { "" };
            let message =
                format!("the table `{}` is given {what}, which is no column, constraint or index{advice}", it.label());
            res.push(Finding::new(Anchor::Expr(place), message));
        }
    }
    for_each_column_of(it, &mut |column| res.extend(check_column(column)));
    res
}

fn check_column(it: ColumnWalker<'_>) -> Option<Finding> {
    let call = it.call?;
    let seen = call.arguments.iter().take_while(|it| **it != Given::Unknown);
    let positional = seen.filter_map(|it| match it {
        Given::Positional(value) => Some(*value),
        _ => None,
    });
    let mut items = positional.enumerate().filter(|(index, place)| *index > 0 || !is_name(it, *place));
    items.find_map(|(_, place)| {
        let what = no_item(it.db, place)?;
        let meant = type_meant(it, place);
        let advice = meant.as_ref().map(|it| format!("; did you mean the type `{it}`?"));
        let message = format!(
            "`{}` is given {what}, which is no type, foreign key or other item of a column{}",
            it.label(),
            advice.unwrap_or_default(),
        );
        let fix = meant.map(|meant| {
            let change = Change::ReplaceExpression { place, code: format!("${meant}") };
            Fix::safe(format!("Change to `{meant}`"), vec![change])
        });
        Some(Finding::new(Anchor::Expr(place), message).with_fix(fix))
    })
}

/// Whether a first argument is the name.
fn is_name(it: ColumnWalker<'_>, place: Place) -> bool {
    string_value(it.db, place).is_some() || matches!(place.expr(it.db), Expr::FormatString(_))
}

/// The type that was probably meant by a string or by one of Python's own types.
fn type_meant(it: ColumnWalker<'_>, place: Place) -> Option<&'static str> {
    if let Some(text) = string_value(it.db, place) {
        let name = text.trim_end_matches("()");
        return home_of(name).and_then(|_| sqlalchemy_type(name));
    }
    match place.expr(it.db) {
        Expr::Name(name) | Expr::Attribute { name, .. } => python_equivalent(name.as_str()),
        _ => None,
    }
}

fn sqlalchemy_type(name: &str) -> Option<&'static str> {
    const TYPES: [&str; 13] = [
        "BigInteger",
        "Boolean",
        "Date",
        "DateTime",
        "Float",
        "Integer",
        "JSON",
        "LargeBinary",
        "Numeric",
        "SmallInteger",
        "String",
        "Text",
        "Time",
    ];
    TYPES.into_iter().find(|it| *it == name)
}

/// The type for values of a type of Python's.
fn python_equivalent(name: &str) -> Option<&'static str> {
    Some(match name {
        "bool" => "Boolean",
        "bytes" => "LargeBinary",
        "date" => "Date",
        "datetime" => "DateTime",
        "Decimal" => "Numeric",
        "float" => "Float",
        "int" => "Integer",
        "str" => "String",
        "time" => "Time",
        _ => return None,
    })
}
