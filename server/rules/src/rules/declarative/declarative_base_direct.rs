//! `DeclarativeBase` itself is taken for the base of a mapped class.
//!
//! A class right below `DeclarativeBase` becomes a declarative base of its own, with a registry and a metadata, and is not mapped.
//! One that names a table is surely meant to be mapped, so `_check_not_declarative` raises when the class is created.
//!
//! ## Wrong
//! ```python
//! from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
//!
//!
//! class Parent(DeclarativeBase):
//! #            ^^^^^^^^^^^^^^^ error: `Parent` has a table, so it cannot be a declarative base; derive a class `Base` from `DeclarativeBase`, and `Parent` from that
//!     __tablename__ = "parent"
//!     id: Mapped[int] = mapped_column(primary_key=True)
//! ```
//!
//! ## SQLAlchemy says
//! ```text 2.0 2.1
//! InvalidRequestError: Cannot use 'DeclarativeBase' directly as a declarative base class. Create a Base by creating a subclass of it.
//! ```
//!
//! ## Right
//! ```python
//! from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
//!
//!
//! class Base(DeclarativeBase):
//!     pass
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id: Mapped[int] = mapped_column(primary_key=True)
//! ```

use relmodel_model::{Name, own_attribute, string_value};

use crate::prelude::*;

pub(super) static RULE: Rule = Rule::error(On::Base(check)).since(SqlAlchemy::V2_0);

fn check(it: ClassWalker<'_>) -> Option<Finding> {
    let (place, base) = it.library_base(&["DeclarativeBase", "DeclarativeBaseNoMeta"])?;
    // A method or property of that name makes the names of subclasses.
    let attribute = own_attribute(it.db, it.id, Name::from("__tablename__"))?;
    if attribute.function.is_some() || attribute.is_conditional {
        return None;
    }
    string_value(it.db, attribute.value_place(it.db, it.id, it.id)?)?;
    let message = format!(
        "`{0}` has a table, so it cannot be a declarative base; derive a class `Base` from `{base}`, and `{0}` from that",
        it.name(),
    );
    Some(Finding::new(Anchor::Expr(place), message))
}
