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

use relmodel_model::Place;

use crate::fix::Change;
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
    let fix = fix(it, *place, outer, inner);
    Some(Finding::new(Anchor::Expr(*place), message).with_fix(fix))
}

/// The class alone stays in quotes.
fn fix(it: RelationshipWalker<'_>, place: Place, outer: &str, inner: &str) -> Option<Fix> {
    if it.declaration.value("argument").is_some_and(|value| value.expr == place.expr) {
        let new = Change::ReplaceExpression { place, code: format!("\"{inner}\"") };
        return Some(Fix::safe(format!("Change to `\"{inner}\"`"), vec![new]));
    }
    let annotation =
        it.declaration.annotation.filter(|it_| matches!(it_.expr(it.db), relmodel_facts::Expr::String(_)))?;
    let code = format!("{outer}[\"{inner}\"]");
    let title = format!("Change to `{code}`");
    Some(Fix::safe(title, vec![Change::ReplaceExpression { place: annotation, code }]))
}
