//! One `ForeignKey` object is given to two columns.
//!
//! A foreign key belongs to one column. `ForeignKey._set_parent` raises for a second one, while the module is being imported.
//!
//! ## Wrong
//! ```python
//! from sqlalchemy import Column, ForeignKey, Integer, String
//! from sqlalchemy.orm import declarative_base
//!
//! Base = declarative_base()
//!
//!
//! to_parent = ForeignKey("parent.id")
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id = Column(Integer, primary_key=True)
//!     first_id = Column(Integer, to_parent)
//!     second_id = Column(Integer, to_parent)
//!     #                           ^^^^^^^^^ error: the `ForeignKey` of `Parent.second_id` belongs to `Parent.first_id` already; give `Parent.second_id` one of its own
//! ```
//!
//! ## SQLAlchemy says
//! ```text
//! InvalidRequestError: This ForeignKey already has a parent !
//! ```
//!
//! ## Right
//! ```python
//! from sqlalchemy import Column, ForeignKey, Integer, String
//! from sqlalchemy.orm import declarative_base
//!
//! Base = declarative_base()
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id = Column(Integer, primary_key=True)
//!     first_id = Column(Integer, ForeignKey("parent.id"))
//!     second_id = Column(Integer, ForeignKey("parent.id"))
//! ```

use relmodel_facts::Expr;
use relmodel_model::Place;

use crate::prelude::*;
use crate::walker::{Call, for_each_column_of};

pub(super) static RULE: Rule = Rule::error(On::TableMany(check));

fn check(it: TableWalker<'_>) -> Vec<Finding> {
    let mut seen: Vec<(Place, String)> = Vec::new();
    let mut res = Vec::new();
    for_each_column_of(it, &mut |column| {
        for (value, key) in shared_keys(column) {
            match seen.iter().find(|it| it.0 == key) {
                Some((_, first)) if *first != column.label() => {
                    let message = format!(
                        "the `ForeignKey` of `{}` belongs to `{first}` already; give `{}` one of its own",
                        column.label(),
                        column.label(),
                    );
                    res.push(Finding::new(Anchor::Expr(value), message));
                }
                Some(_) => {}
                None => seen.push((key, column.label())),
            }
        }
    });
    res
}

/// The foreign keys of a column that are made elsewhere, each with the name that stands for it. Columns of a mixin get
/// copies.
fn shared_keys(it: ColumnWalker<'_>) -> Vec<(Place, Place)> {
    let Some(call) = it.call.filter(|_| it.is_own()) else { return Vec::new() };
    let named = call.positional().filter(|place| matches!(place.expr(it.db), Expr::Name(_)));
    let key_of = |place: Place| Some((place, Call::reached(it.db, place).filter(|it| it.name == "ForeignKey")?.place));
    named.filter_map(key_of).filter(|(_, key)| key.scope.is_none()).collect()
}
