//! A field without a default comes after one that has a default.
//!
//! SQLAlchemy makes the class into a dataclass, whose `__init__` takes the fields in the order of the class, those of its parents
//! first. Python accepts no parameter without a default behind one with a default. Fields with `init=False` or `kw_only=True` are not
//! counted, and `insert_default` is a default of the database's, not of the dataclass's.
//!
//! ## Wrong
//! ```python
//! from typing import Optional
//!
//! from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column
//!
//!
//! class Base(MappedAsDataclass, DeclarativeBase):
//!     pass
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id: Mapped[int] = mapped_column(primary_key=True, init=False)
//!     nick: Mapped[Optional[str]] = mapped_column(default=None)
//!     name: Mapped[str]
//! #   ^^^^ error: `Parent.name` has no default, but comes after `nick`, which has one; give it a default or `kw_only=True`, or move it up
//! ```
//!
//! ## SQLAlchemy says
//! ```text 2.0 2.1
//! InvalidRequestError: Python dataclasses error encountered when creating dataclass for 'Parent': TypeError("non-default argument 'name' follows default argument"). Please refer to Python dataclasses documentation for additional information.
//! ```
//!
//! ## Right
//! ```python
//! from typing import Optional
//!
//! from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column
//!
//!
//! class Base(MappedAsDataclass, DeclarativeBase):
//!     pass
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id: Mapped[int] = mapped_column(primary_key=True, init=False)
//!     name: Mapped[str]
//!     nick: Mapped[Optional[str]] = mapped_column(default=None)
//! ```

use relmodel_model::dataclass_fields;

use crate::prelude::*;

pub(super) static RULE: Rule = Rule::error(On::Class(check)).since(SqlAlchemy::V2_0);

fn check(it: ClassWalker<'_>) -> Option<Finding> {
    let fields = dataclass_fields(it.db, it.id)?;
    let mut fields = fields.iter().filter(|it| it.is_positional);
    let first = fields.find(|it| it.has_default)?;
    // What is wrong with a parent's fields is told at the parent.
    let second = fields.find(|it| !it.has_default).filter(|field| field.class == it.id)?;
    let message = format!(
        "`{}.{}` has no default, but comes after `{}`, which has one; give it a default or `kw_only=True`, or move it up",
        it.name(),
        second.name,
        first.name,
    );
    let related = Anchor::Attribute(first.class, first.at);
    Some(Finding::new(Anchor::Attribute(second.class, second.at), message).with_related(related, "the default"))
}
