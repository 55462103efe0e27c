//! A class that SQLAlchemy makes into a dataclass has a `__table__`.
//!
//! The fields are what the class declares by `Mapped[...]`, and the table is made of them. `_setup_dataclasses_transforms` raises where
//! the table is there already.
//!
//! ## Wrong
//! ```python
//! from sqlalchemy import Column, Integer, Table
//! from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column
//!
//!
//! class Base(MappedAsDataclass, DeclarativeBase):
//!     pass
//!
//!
//! class Parent(Base):
//!     __table__ = Table("parent", Base.metadata, Column("id", Integer, primary_key=True))
//! #   ^^^^^^^^^ error: `Parent` is a dataclass, so it cannot have a `__table__`; declare its columns as `Mapped[...]`
//! ```
//!
//! ## SQLAlchemy says
//! ```text 2.0 2.1
//! InvalidRequestError: Class <class 'models.Parent'> already defines a '__table__'. ORM Annotated Dataclasses do not support a pre-existing '__table__' element
//! ```
//!
//! ## Right
//! ```python
//! from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column
//!
//!
//! class Base(MappedAsDataclass, DeclarativeBase):
//!     pass
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id: Mapped[int] = mapped_column(primary_key=True)
//! ```

use relmodel_model::{Name, native_dataclass, own_attribute};

use crate::prelude::*;

pub(super) static RULE: Rule = Rule::error(On::Class(check)).since(SqlAlchemy::V2_0);

fn check(it: ClassWalker<'_>) -> Option<Finding> {
    if native_dataclass(it.db, it.id) != Some(true) || !it.is_declarative() {
        return None;
    }
    let own = own_attribute(it.db, it.id, Name::from("__table__")).filter(|it| !it.is_conditional)?;
    // A bare annotation binds nothing.
    if own.value.is_none() && own.function.is_none() {
        return None;
    }
    let message = format!(
        "`{}` is a dataclass, so it cannot have a `__table__`; declare its columns as `Mapped[...]`",
        it.name(),
    );
    Some(Finding::new(Anchor::Attribute(it.id, own.at), message))
}
