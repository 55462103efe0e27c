//! A class that is a dataclass already is to be made into one.
//!
//! `mapped_as_dataclass` makes the class into a dataclass itself. `_setup_dataclasses_transforms` raises if the class has become one
//! before: by `MappedAsDataclass` among its bases, or by `@dataclass` below the decorator.
//!
//! ## Wrong
//! ```python
//! from dataclasses import dataclass
//!
//! from sqlalchemy.orm import Mapped, mapped_column, registry
//!
//! reg = registry()
//!
//!
//! @reg.mapped_as_dataclass
//! @dataclass
//! #^^^^^^^^^ error: `Parent` is made a dataclass by `mapped_as_dataclass`; remove this
//! class Parent:
//!     __tablename__ = "parent"
//!     id: Mapped[int] = mapped_column(primary_key=True)
//! ```
//!
//! ## SQLAlchemy says
//! ```text 2.0 2.1
//! InvalidRequestError: Class <class 'models.Parent'> is already a dataclass; ensure that base classes / decorator styles of establishing dataclasses are not being mixed. This can happen if a class that inherits from 'MappedAsDataclass', even indirectly, is been mapped with '@registry.mapped_as_dataclass'
//! ```
//!
//! ## Right
//! ```python
//! from sqlalchemy.orm import Mapped, mapped_column, registry
//!
//! reg = registry()
//!
//!
//! @reg.mapped_as_dataclass
//! class Parent:
//!     __tablename__ = "parent"
//!     id: Mapped[int] = mapped_column(primary_key=True)
//! ```

use relmodel_model::{Place, decorator_places, is_mapped_by_base, library_decorator, makes_dataclass};

use crate::prelude::*;

pub(super) static RULE: Rule = Rule::error(On::Class(check)).since(SqlAlchemy::V2_0);

fn check(it: ClassWalker<'_>) -> Option<Finding> {
    let all = decorator_places(it.db, it.id);
    let native = all.iter().position(|place| makes_dataclass(it.db, *place))?;
    // A class that its base maps is a fault of its own.
    if is_mapped_by_base(it.db, it.id) {
        return None;
    }
    let is_plain = |place: &&Place| library_decorator(it.db, **place).is_some_and(|it| it == "dataclasses.dataclass");
    let below = all[native + 1..].iter().find(is_plain).copied();
    let base = || it.library_base(&["MappedAsDataclass"]).map(|it| it.0);
    let message = format!("`{}` is made a dataclass by `mapped_as_dataclass`; remove this", it.name());
    Some(Finding::new(Anchor::Expr(below.or_else(base)?), message))
}
