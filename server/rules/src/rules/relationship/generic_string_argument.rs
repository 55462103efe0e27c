//! The target of a relationship is a generic type in a string.
//!
//! A string is looked up as it is among the mapped classes when SQLAlchemy configures the mappers, and no class is called `List[Child]`:
//! `_class_resolver._raise_for_name` in `orm/clsregistry.py` says so since 2.0. The quotes belong around the class alone.
//!
//! ## Wrong
//! ```python
//! from typing import List
//!
//! from sqlalchemy import ForeignKey
//! from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
//!
//!
//! class Base(DeclarativeBase):
//!     pass
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id: Mapped[int] = mapped_column(primary_key=True)
//!     children: Mapped["List[Child]"] = relationship()
//!     #                 ^^^^^^^^^^^ error: `Parent.children` refers to `List[Child]`, but a generic type in a string is not read; put the quotes around the class alone, in `Mapped[List["Child"]]`
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
//! InvalidRequestError: When initializing mapper Mapper[Parent(parent)], expression "relationship('List[Child]')" seems to be using a generic class as the argument to relationship(); please state the generic argument using an annotation, e.g. "children: Mapped[List['Child']] = relationship()"
//! ```
//!
//! ## Right
//! ```python
//! from typing import List
//!
//! from sqlalchemy import ForeignKey
//! from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
//!
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

use crate::prelude::*;

pub(super) static RULE: Rule = Rule::error(On::Relationship(check)).since(SqlAlchemy::V2_0);

fn check(it: RelationshipWalker<'_>) -> Option<Finding> {
    let Target::Generic { name, place } = &it.data.target else { return None };
    let (outer, inner) = name.split_once('[')?;
    let inner = inner.trim_end_matches(']').trim_matches(['"', '\'']);
    let message = format!(
        "`{}` refers to `{name}`, but a generic type in a string is not read; put the quotes around the class alone, in `Mapped[{outer}[\"{inner}\"]]`",
        it.label(),
    );
    Some(Finding::new(Anchor::Expr(*place), message))
}
