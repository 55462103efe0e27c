//! A constraint or an index names a column that its table does not have.
//!
//! The names in `UniqueConstraint`, `PrimaryKeyConstraint`, `ForeignKeyConstraint` and `Index` are those of the table's columns, which
//! may differ from the attributes' names. `ColumnCollectionMixin._col_expressions` looks them up when the constraint joins the table,
//! while the module is being imported.
//!
//! ## Wrong
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
//!     __table_args__ = (UniqueConstraint("nmae"),)
//!     #                                   ^^^^ error: `UniqueConstraint` names the column `nmae`, but the table `parent` has none of that name; did you mean `name`?
//! ```
//!
//! ## SQLAlchemy says
//! ```text 1.4
//! KeyError: 'nmae'
//! ```
//! ```text 2.0 2.1
//! ConstraintColumnNotFoundError: Can't create UniqueConstraint on table 'parent': no column named 'nmae' is present.
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
//!     __table_args__ = (UniqueConstraint("name"),)
//! ```

use relmodel_facts::Expr;
use relmodel_model::{Place, columns_of_single_tables, string_value};

use crate::prelude::*;
use crate::walker::Call;

pub(super) static RULE: Rule = Rule::error(On::TableMany(check));

fn check(it: TableWalker<'_>) -> Vec<Finding> {
    if it.data.is_open || it.data.is_redefinable {
        return Vec::new();
    }
    let constraints = it.items().into_iter().filter_map(|place| Call::reached(it.db, place));
    constraints
        .flat_map(|call| named_columns(it, &call).into_iter().filter_map(move |at| unknown(it, call.name, at)))
        .collect()
}

/// The places that name columns.
fn named_columns(it: TableWalker<'_>, call: &Call) -> Vec<Place> {
    match call.name.as_str() {
        "UniqueConstraint" | "PrimaryKeyConstraint" => call.positional().collect(),
        "Index" => call.first().map_or_else(Vec::new, |_| call.positional().skip(1).collect()),
        "ForeignKeyConstraint" => {
            let columns = call.first().or_else(|| call.keyword("columns"));
            columns.map_or_else(Vec::new, |list| match list.expr(it.db) {
                Expr::List(elements) | Expr::Tuple(elements) => elements.iter().map(|it| list.with(*it)).collect(),
                _ => Vec::new(),
            })
        }
        _ => Vec::new(),
    }
}

fn unknown(it: TableWalker<'_>, constraint: Name, at: Place) -> Option<Finding> {
    let name = string_value(it.db, at)?;
    let of_heirs = columns_of_single_tables(it.db, it.id).iter().any(|it| it.1.key == name);
    if of_heirs || it.data.columns.iter().any(|it| it.key == name) {
        return None;
    }
    // The attribute's name may differ from the column's.
    let column = it.data.columns.iter().find(|it| it.attribute == name || it.name == name);
    let near = did_you_mean(&name, it.data.columns.iter().map(|it| it.key.as_str()));
    let meant = column.map_or(near, |column| Suggestion::of(&name, column.key.as_str()));
    let message = format!(
        "`{constraint}` names the column `{name}`, but the table `{}` has none of that name{meant}",
        it.label()
    );
    let anchor = Anchor::Expr(at);
    Some(Finding::new(anchor, message).with_fix(meant.fix(anchor)))
}
