//! A class with `__table__` declares a column that the table does not have.
//!
//! `__table__` says all columns of the class. `_ClassScanMapperConfig._setup_table` raises for a further one, while the module is being
//! imported; one that the table has is referred to by `__table__.c.name`.
//!
//! ## Wrong
//! ```python
//! from sqlalchemy import Column, Integer, String, Table
//! from sqlalchemy.orm import declarative_base
//!
//! Base = declarative_base()
//!
//!
//! class Parent(Base):
//!     __table__ = Table("parent", Base.metadata, Column("id", Integer, primary_key=True))
//!     name = Column(String)
//! #   ^^^^ error: `Parent.name` is a column beside `__table__`, which says all columns; move it into the table `parent`
//! ```
//!
//! ## SQLAlchemy says
//! ```text
//! ArgumentError: Can't add additional column 'name' when specifying __table__
//! ```
//!
//! ## Right
//! ```python
//! from sqlalchemy import Column, Integer, String, Table
//! from sqlalchemy.orm import declarative_base
//!
//! Base = declarative_base()
//!
//!
//! class Parent(Base):
//!     __table__ = Table(
//!         "parent",
//!         Base.metadata,
//!         Column("id", Integer, primary_key=True),
//!         Column("name", String),
//!     )
//! ```

use relmodel_facts::Expr;
use relmodel_model::{TableSource, mapped};

use crate::prelude::*;
use crate::walker::Call;

pub(super) static RULE: Rule = Rule::error(On::Attribute(check));

fn check(it: AttributeWalker<'_>) -> Option<Finding> {
    let db = it.class.db;
    let mapped = mapped(db, it.class.id).as_ref().filter(|it| it.mapping == Mapping::Table)?;
    let table = TableWalker::new(db, mapped.table?)?;
    let TableSource::Call(_) = table.id.source(db) else { return None };
    if !it.is_certain() || !it.is_own() || it.data.is_declared_attr {
        return None;
    }
    // A column with a name of its own may be an item of the table.
    let place = it.value().filter(|place| matches!(place.expr(db), Expr::Call { .. }))?;
    let call = Call::at(db, place).filter(|it| matches!(it.name.as_str(), "Column" | "mapped_column"))?;
    if table.data.is_open || table.data.columns.iter().any(|it| it.place == call.place) {
        return None;
    }
    let message = format!(
        "`{}` is a column beside `__table__`, which says all columns; move it into the table `{}`",
        it.label(),
        table.label(),
    );
    Some(Finding::new(it.anchor(), message).with_related(table.anchor()?, "the table"))
}
