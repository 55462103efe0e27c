//! A mapped class has a table without a primary key.
//!
//! The mapper tells rows apart by their primary key, so `Mapper._configure_pks` raises as soon as the class is created, while the
//! module is being imported. The table in the database may do without one; the class then needs `primary_key=True` on the
//! columns that make a row unique.
//!
//! ## Wrong
//! ```python
//! from sqlalchemy import Column, Integer
//! from sqlalchemy.orm import declarative_base
//!
//! Base = declarative_base()
//!
//!
//! class Parent(Base):
//! #     ^^^^^^ error: `Parent` has no primary key; give a column of its table `parent` `primary_key=True`
//!     __tablename__ = "parent"
//!     id = Column(Integer)
//! ```
//!
//! ## SQLAlchemy says
//! ```text 1.4
//! ArgumentError: Mapper mapped class Parent->parent could not assemble any primary key columns for mapped table 'parent'
//! ```
//! ```text 2.0 2.1
//! ArgumentError: Mapper Mapper[Parent(parent)] could not assemble any primary key columns for mapped table 'parent'
//! ```
//!
//! ## Right
//! ```python
//! from sqlalchemy import Column, Integer
//! from sqlalchemy.orm import declarative_base
//!
//! Base = declarative_base()
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id = Column(Integer, primary_key=True)
//! ```

use relmodel_facts::Expr;
use relmodel_model::{Column, TableSource, member, own_attribute};

use crate::fix::{Change, Position};
use crate::mend::keys::plain_value;
use crate::mend::style::{Form, Style, Types};
use crate::prelude::*;

pub(super) static RULE: Rule = Rule::error(On::Class(check));

fn check(it: ClassWalker<'_>) -> Option<Finding> {
    let table = it.table().filter(|_| it.lacks_key())?;
    let message = format!(
        "`{}` has no primary key; give a column of its table `{}` `primary_key=True`",
        it.name(),
        table.label(),
    );
    // A comma behind the key column makes it a tuple, which is passed over.
    let tuple = it.attributes().find(|it| it.is_own() && it.in_tuple() == Some("column"));
    Some(match tuple {
        Some(tuple) => {
            let message = format!("{message}: the comma behind `{}` makes it a tuple, not a column", tuple.label());
            Finding::new(tuple.anchor(), message).with_fix(tuple.without_comma())
        }
        None => Finding::new(Anchor::Class(it.id), message).with_fix(fix(it, table)),
    })
}

/// `primary_key=True` for the column `id`, or such a column where there is none.
fn fix(it: ClassWalker<'_>, table: TableWalker<'_>) -> Option<Fix> {
    if let Some(column) = table.data.column("id") {
        let title = format!("Make `{}` the primary key", column.key);
        return Some(Fix::risky(title, vec![make_key(it, column)?]));
    }
    if member(it.db, it.id, "id".into()).is_some() {
        return None;
    }
    let title = format!("Add the primary key `{}.id`", it.name());
    if let TableSource::Call(call) = table.id.source(it.db) {
        let value = "$Column(\"id\", $Integer, primary_key=True)".to_owned();
        return Some(Fix::risky(title, vec![Change::AddPositional { call, value }]));
    }
    let types = Types { python: Some("int"), sql: Some("Integer"), is_optional: false };
    let written = Style::of(it.db, it.id).column("id", types, &["primary_key=True".to_owned()])?;
    let tablename = own_attribute(it.db, it.id, "__tablename__".into());
    let position = tablename.map_or(Position::First, |found| Position::Behind(Anchor::Attribute(it.id, found.at)));
    let mut changes = written.imports;
    changes.push(Change::AddStatement { class: it.id, position, code: written.code });
    Some(Fix::risky(title, changes))
}

/// Makes a column part of the primary key.
fn make_key(it: ClassWalker<'_>, column: &Column) -> Option<Change> {
    let place = column.place;
    if place.scope.is_some() || plain_value(it.db, it.id, column).is_some() {
        return None;
    }
    if matches!(place.expr(it.db), Expr::Call { .. }) {
        return Some(Change::SetArgument { call: place, name: "primary_key", value: "True".to_owned() });
    }
    let function = if Style::of(it.db, it.id).form == Form::SqlModel { "Field" } else { "mapped_column" };
    Some(Change::AddValue { annotation: place, code: format!("${function}(primary_key=True)") })
}
