//! A `mapped_column()` inside of `Annotated[...]` has an argument of a dataclass.
//!
//! `init`, `repr`, `default_factory`, `compare`, `kw_only` and `hash` say what a dataclass makes of one attribute.
//! `MappedColumn._init_column_for_annotation` passes them over where a type brings them along and says so, while the module is being
//! imported. They belong to the attribute.
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
//! Name = Annotated[str, mapped_column(init=False)]
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id: Mapped[int] = mapped_column(primary_key=True)
//!     name: Mapped[Name]
//!     #            ^^^^ hint: `Parent.name`: `init` of a `mapped_column()` inside of `Annotated[…]` has no effect; give it at the attribute
//! ```
//!
//! ## SQLAlchemy says
//! ```text 2.0 2.1
//! SADeprecationWarning: Argument 'init' is a dataclass argument and cannot be specified within a mapped_column() bundled inside of an Annotated object
//! ```
//!
//! ## Right
//! ```python
//! from typing import Annotated
//!
//! from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column
//!
//! class Base(DeclarativeBase):
//!     pass
//!
//!
//! Name = Annotated[str, mapped_column()]
//!
//!
//! class Parent(MappedAsDataclass, Base):
//!     __tablename__ = "parent"
//!     id: Mapped[int] = mapped_column(primary_key=True, init=False)
//!     name: Mapped[Name] = mapped_column(init=False)
//! ```

use crate::prelude::*;

pub(super) static RULE: Rule = Rule::hint(On::Attribute(check)).since(SqlAlchemy::V2_0);

const ARGUMENTS: [&str; 6] = ["compare", "default_factory", "hash", "init", "kw_only", "repr"];

fn check(it: AttributeWalker<'_>) -> Option<Finding> {
    let (place, call) = it.annotated_column().filter(|_| it.is_mapped_column())?;
    let name = ARGUMENTS.into_iter().find(|name| call.keyword(name).is_some())?;
    let message = format!(
        "`{}`: `{name}` of a `mapped_column()` inside of `Annotated[…]` has no effect; give it at the attribute",
        it.label(),
    );
    Some(Finding::new(Anchor::Expr(place), message).with_related(Anchor::Expr(call.place), "the column"))
}
