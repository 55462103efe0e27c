//! A column that the database computes or numbers has a default as well.
//!
//! `Computed(...)` and `Identity(...)` are the column's server default themselves. Both raise when they join a column that has a
//! `server_default` or `server_onupdate`, or the other of the two, while the module is being imported. An `Identity` refuses
//! `autoincrement=False` too.
//!
//! ## Wrong
//! ```python
//! from sqlalchemy import Column, Identity, Integer, String
//! from sqlalchemy.orm import declarative_base
//!
//! Base = declarative_base()
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id = Column(Integer, Identity(), primary_key=True, server_default="1")
//!     #                                                  ^^^^^^^^^^^^^^ error: `Parent.id` has its server default from `Identity`; take `server_default` away
//!     name = Column(String)
//! ```
//!
//! ## SQLAlchemy says
//! ```text
//! ArgumentError: A column with an Identity object cannot specify a server_default or a server_onupdate argument
//! ```
//!
//! ## Right
//! ```python
//! from sqlalchemy import Column, Identity, Integer, String
//! from sqlalchemy.orm import declarative_base
//!
//! Base = declarative_base()
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id = Column(Integer, Identity(), primary_key=True)
//!     name = Column(String)
//! ```

use relmodel_facts::Expr;
use relmodel_model::Place;

use crate::fix::Change;
use crate::prelude::*;
use crate::walker::Call;

pub(super) static RULE: Rule = Rule::error(On::Column(check));

fn check(it: ColumnWalker<'_>) -> Option<Finding> {
    let call = it.call?;
    let mut generators = call.positional().filter_map(|place| Some((place, generator(it, place)?)));
    let (place, name) = generators.next()?;
    let finding = |at, message| Finding::new(at, message).with_related(Anchor::Expr(place), format!("the `{name}`"));
    if let Some((other, other_name)) = generators.next() {
        let message = format!("`{}` cannot have both `{name}` and `{other_name}`; take one of them away", it.label());
        return Some(finding(Anchor::Expr(other), message));
    }
    call.keywords(it.db).find_map(|(keyword, at, value)| {
        let message = match keyword.as_str() {
            "server_default" | "server_onupdate" if is_default(it, value) => {
                format!("`{}` has its server default from `{name}`; take `{keyword}` away", it.label())
            }
            "autoincrement" if name == "Identity" && value.expr(it.db) == Expr::False => {
                format!("`{}` is numbered by `Identity`; take `autoincrement=False` away", it.label())
            }
            _ => return None,
        };
        let change = Change::without(call.place, keyword.as_str());
        Some(finding(at?, message).with_fix(Fix::risky(format!("Remove `{keyword}`"), vec![change])))
    })
}

/// The name of what makes the value in the database, if it is one of these.
fn generator(it: ColumnWalker<'_>, place: Place) -> Option<&'static str> {
    match Call::reached(it.db, place)?.name.as_str() {
        "Computed" => Some("Computed"),
        "Identity" => Some("Identity"),
        _ => None,
    }
}

/// Whether a value is surely a default: a text or an expression, not `None` or a generator again.
fn is_default(it: ColumnWalker<'_>, value: Place) -> bool {
    let is_text = matches!(value.expr(it.db), Expr::String(_));
    is_text || Call::reached(it.db, value).is_some_and(|it| matches!(it.name.as_str(), "text" | "FetchedValue"))
}
