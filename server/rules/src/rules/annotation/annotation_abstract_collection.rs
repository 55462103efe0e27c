//! The annotation of a relationship is an abstract collection.
//!
//! The collection in `Mapped[...]` is made for each object, so it must be one that can be made, such as `list` or `set`.
//! `RelationshipProperty.declarative_scan` raises for an abstract one unless there is a `collection_class`, while the module is being
//! imported.
//!
//! ## Wrong
//! ```python
//! from typing import Collection
//!
//! from sqlalchemy import ForeignKey
//! from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
//!
//! class Base(DeclarativeBase):
//!     pass
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id: Mapped[int] = mapped_column(primary_key=True)
//!     children: Mapped[Collection["Child"]] = relationship()
//!     #                ^^^^^^^^^^^^^^^^^^^ error: `Parent.children` is annotated `Collection[…]`, which is abstract; write `list[…]` or `set[…]`, or add `collection_class=`
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id: Mapped[int] = mapped_column(primary_key=True)
//!     parent_id: Mapped[int] = mapped_column(ForeignKey("parent.id"))
//! ```
//!
//! ## SQLAlchemy says
//! ```text 2.0 2.1
//! ArgumentError: Collection annotation type <class 'collections.abc.Collection'> cannot be instantiated; please provide an explicit 'collection_class' parameter (e.g. list, set, etc.) to the relationship() function to accompany this annotation
//! ```
//!
//! ## Right
//! ```python
//! from typing import List
//!
//! from sqlalchemy import ForeignKey
//! from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
//!
//! class Base(DeclarativeBase):
//!     pass
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id: Mapped[int] = mapped_column(primary_key=True)
//!     children: Mapped[List["Child"]] = relationship()
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id: Mapped[int] = mapped_column(primary_key=True)
//!     parent_id: Mapped[int] = mapped_column(ForeignKey("parent.id"))
//! ```

use relmodel_facts::Expr;

use crate::fix::Change;
use crate::prelude::*;
use crate::walker::typing_name;

pub(super) static RULE: Rule = Rule::error(On::Attribute(check)).since(SqlAlchemy::V2_0);

/// The abstract ones among `collections.abc.Collection` and what is derived from it; `Set` is abstract in
/// `collections.abc` alone.
const ABSTRACT: [&str; 7] =
    ["AbstractSet", "Collection", "Mapping", "MutableMapping", "MutableSequence", "MutableSet", "Sequence"];

fn check(it: AttributeWalker<'_>) -> Option<Finding> {
    let db = it.class.db;
    let call = it.call().filter(|it| it.name == "relationship" && !it.is_open())?;
    if !it.is_effective() || call.keyword("collection_class").is_some() {
        return None;
    }
    let annotated = it.annotated()?;
    let Expr::Subscript { value, .. } = annotated.type_.expr(db) else { return None };
    let name = typing_name(db, annotated.type_.with(value)).filter(|it| ABSTRACT.contains(it))?;
    let message = format!(
        "`{}` is annotated `{name}[…]`, which is abstract; write `list[…]` or `set[…]`, or add `collection_class=`",
        it.label(),
    );
    let concrete = match name {
        "Collection" | "MutableSequence" | "Sequence" => Some("list"),
        "AbstractSet" | "MutableSet" => Some("set"),
        _ => None,
    };
    let fix = concrete.map(|concrete| {
        let place = annotated.type_.with(value);
        let change = Change::ReplaceExpression { place, code: concrete.to_owned() };
        Fix::safe(format!("Change to `{concrete}`"), vec![change])
    });
    Some(Finding::new(Anchor::Expr(annotated.type_), message).with_fix(fix))
}
