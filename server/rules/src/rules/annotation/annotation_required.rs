//! A `mapped_column()` or a `relationship()` says neither by its arguments nor by an annotation what it is.
//!
//! A column needs a type or a foreign key, a relationship a class. Since 2.0 either may come from the annotation. Without one
//! `_IntrospectsAnnotations._raise_for_required` raises, while the module is being imported.
//!
//! ## Wrong
//! ```python
//! from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
//!
//! class Base(DeclarativeBase):
//!     pass
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id: Mapped[int] = mapped_column(primary_key=True)
//!     name = mapped_column()
//! #   ^^^^ error: `Parent.name` has neither an annotation nor a type; annotate it `Mapped[…]`
//! ```
//!
//! ## SQLAlchemy says
//! ```text 2.0 2.1
//! ArgumentError: Python typing annotation is required for attribute "Parent.name" when primary argument(s) for "MappedColumn" construct are None or not present
//! ```
//!
//! ## Right
//! ```python
//! from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
//!
//! class Base(DeclarativeBase):
//!     pass
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id: Mapped[int] = mapped_column(primary_key=True)
//!     name: Mapped[str] = mapped_column()
//! ```

use relmodel_model::{Place, string_value};

use crate::prelude::*;
use crate::walker::Call;

pub(super) static RULE: Rule = Rule::error(On::Attribute(check)).since(SqlAlchemy::V2_0);

fn check(it: AttributeWalker<'_>) -> Option<Finding> {
    let call = it.call().filter(|it| !it.is_open())?;
    if !it.is_effective() || it.annotation().is_some() {
        return None;
    }
    let message = match call.name.as_str() {
        "mapped_column" if says_no_type(it, &call) => {
            format!("`{}` has neither an annotation nor a type; annotate it `Mapped[…]`", it.label())
        }
        "relationship" if call.positional().next().is_none() && call.keyword("argument").is_none() => {
            format!("`{}` does not say which class it refers to; annotate it `Mapped[\"…\"]`", it.label())
        }
        _ => return None,
    };
    Some(Finding::new(it.anchor(), message))
}

fn says_no_type(it: AttributeWalker<'_>, call: &Call) -> bool {
    let is_name = |place: Place| string_value(it.class.db, place).is_some();
    call.keyword("type_").is_none() && call.positional().all(is_name)
}
