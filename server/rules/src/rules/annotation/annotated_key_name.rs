//! A `mapped_column()` inside of `Annotated[...]` has a name or a key.
//!
//! It describes the columns of all attributes that are annotated so, and each has its name from its attribute.
//! `MappedColumn._init_column_for_annotation` ignores the name and says so, while the module is being imported.
//!
//! ## Wrong
//! ```python
//! from typing import Annotated
//!
//! from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
//!
//! class Base(DeclarativeBase):
//!     pass
//!
//!
//! Name = Annotated[str, mapped_column(name="title")]
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id: Mapped[int] = mapped_column(primary_key=True)
//!     name: Mapped[Name]
//!     #            ^^^^ hint: `Parent.name`: a `mapped_column()` inside of `Annotated[…]` gives no name; name the column at the attribute
//! ```
//!
//! ## SQLAlchemy says
//! ```text 2.0 2.1
//! SADeprecationWarning: Can't use the 'key' or 'name' arguments in Annotated with mapped_column(); this will be ignored
//! ```
//!
//! ## Right
//! ```python
//! from typing import Annotated
//!
//! from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
//!
//! class Base(DeclarativeBase):
//!     pass
//!
//!
//! Name = Annotated[str, mapped_column()]
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id: Mapped[int] = mapped_column(primary_key=True)
//!     name: Mapped[Name] = mapped_column("title")
//! ```

use relmodel_facts::Expr;
use relmodel_model::{Place, string_value};

use crate::prelude::*;

pub(super) static RULE: Rule = Rule::hint(On::Attribute(check)).since(SqlAlchemy::V2_0);

fn check(it: AttributeWalker<'_>) -> Option<Finding> {
    let db = it.class.db;
    let (place, call) = it.annotated_column().filter(|_| it.is_mapped_column())?;
    let is_text = |place: Place| string_value(db, place).is_some();
    let is_named = call.first().is_some_and(is_text)
        || ["name", "key"].iter().any(|name| call.keyword(name).is_some_and(|it| it.expr(db) != Expr::None));
    let message = format!(
        "`{}`: a `mapped_column()` inside of `Annotated[…]` gives no name; name the column at the attribute",
        it.label(),
    );
    is_named.then(|| Finding::new(Anchor::Expr(place), message).with_related(Anchor::Expr(call.place), "the column"))
}
