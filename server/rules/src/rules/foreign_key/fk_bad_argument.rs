//! A `ForeignKey` is given something that is no column.
//!
//! It takes the name of a column, `"parent.id"`, or the column itself, `Parent.id`. `ForeignKey.__init__` in `sql/schema.py` raises for a
//! class, a table or a value, while the module is being imported. Tuples are taken since 2.1.
//!
//! ## Wrong
//! ```python
//! from sqlalchemy import Column, ForeignKey, Integer
//! from sqlalchemy.orm import declarative_base
//!
//! Base = declarative_base()
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id = Column(Integer, primary_key=True)
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id = Column(Integer, primary_key=True)
//!     parent_id = Column(Integer, ForeignKey(Parent))
//!     #                                      ^^^^^^ error: the foreign key of `child.parent_id` is given the class `Parent`, which is no column; write `"parent.id"`
//! ```
//!
//! ## SQLAlchemy says
//! ```text
//! ArgumentError: String column name or Column object for DDL foreign key constraint expected, got <class 'models.Parent'>.
//! ```
//!
//! ## Right
//! ```python
//! from sqlalchemy import Column, ForeignKey, Integer
//! from sqlalchemy.orm import declarative_base
//!
//! Base = declarative_base()
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id = Column(Integer, primary_key=True)
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id = Column(Integer, primary_key=True)
//!     parent_id = Column(Integer, ForeignKey("parent.id"))
//! ```

use relmodel_facts::Expr;
use relmodel_model::{Db, Place, TableId, Value, Workspace, evaluate, mapped, table, table_of_value};

use crate::fix::Change;
use crate::prelude::*;
use crate::walker::described;

pub(super) static RULE: Rule = Rule::error(On::ForeignKey(check));

fn check(it: ForeignKeyWalker<'_>) -> Option<Finding> {
    let refused = refused(it.table.db, it.key.place)?;
    let meant = refused.meant.as_deref().unwrap_or("table.column");
    let message = format!(
        "the foreign key of `{}` is given {}, which is no column; write `\"{meant}\"`",
        it.label(),
        refused.what
    );
    let place = it.key.place;
    let fix = |name: &String| {
        let change = Change::ReplaceExpression { place, code: format!("\"{name}\"") };
        Fix::safe(format!("Change to `\"{name}\"`"), vec![change])
    };
    let fix = refused.meant.as_ref().filter(|_| place.scope.is_none()).map(fix);
    Some(Finding::new(Anchor::Expr(place), message).with_fix(fix))
}

/// What is given, and the column that was probably meant.
struct Refused {
    what: String,
    meant: Option<String>,
}

fn refused(db: &dyn Db, place: Place) -> Option<Refused> {
    if let Some(id) = table_of_value(db, place) {
        return Some(Refused { what: "a table".to_owned(), meant: only_key(db, id) });
    }
    match evaluate(db, place) {
        Value::Class(class) => {
            let table = mapped(db, class).as_ref()?.table;
            let what = format!("the class `{}`", class.name(db));
            Some(Refused { what, meant: table.and_then(|it| only_key(db, it)) })
        }
        Value::Expr(value) if value == place => {
            let is_taken = match place.expr(db) {
                Expr::String(_) | Expr::FormatString(_) => true,
                // One of another length is told as such.
                Expr::Tuple(_) => Workspace::get(db).sqlalchemy(db) >= SqlAlchemy::V2_1,
                _ => false,
            };
            Some(Refused { what: described(db, place).filter(|_| !is_taken)?, meant: None })
        }
        _ => None,
    }
}

/// The primary key of a table, if it is one column: `parent.id`.
fn only_key(db: &dyn Db, id: TableId) -> Option<String> {
    let table = table(db, id).as_ref()?;
    let mut keys = table.columns.iter().filter(|it| it.primary_key == Some(true));
    let key = keys.next().filter(|_| keys.next().is_none())?;
    Some(format!("{}.{}", table.key?, key.key))
}
