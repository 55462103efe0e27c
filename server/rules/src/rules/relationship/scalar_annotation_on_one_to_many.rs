//! A relationship that is one-to-many and has the name of many is annotated as a single object.
//!
//! The foreign key lies on the other side, so many objects may refer to this one. An annotation without a collection makes a
//! one-to-one relationship of it: SQLAlchemy loads one of the objects, and warns only when it finds several. The name says that many were
//! meant. One-to-one relationships with a name in the singular are no mistake.
//!
//! ## Wrong
//! ```python
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
//!     childs: Mapped["Child"] = relationship()
//!     #               ^^^^^ hint: `Parent.childs` is one-to-many, but its annotation makes it hold a single `Child`; write `Mapped[list["Child"]]`
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
//!
//! ```
//!
//! ## Right
//! ```python
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
//!     childs: Mapped[list["Child"]] = relationship()
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id: Mapped[int] = mapped_column(primary_key=True)
//!     parent_id: Mapped[int] = mapped_column(ForeignKey("parent.id"))
//! ```

use relmodel_model::{Direction, annotated_class, annotates_collection, dotted, string_value};

use crate::prelude::*;

pub(super) static RULE: Rule = Rule::hint(On::Relationship(check)).since(SqlAlchemy::V2_0);

fn check(it: RelationshipWalker<'_>) -> Option<Finding> {
    let annotation = it.declaration.annotation?;
    let is_plain = !it.declaration.is_open
        && ["uselist", "collection_class", "primaryjoin"].iter().all(|name| it.declaration.value(name).is_none());
    let direction = it.data.direction().filter(|it| *it != Direction::ManyToOne && is_plain)?;
    let target = it.target()?.name();
    if annotates_collection(it.db, it.declaration)? || !is_plural_of(it.id.key(it.db).as_str(), target.as_str()) {
        return None;
    }
    // Of a bare `Mapped[list]` another rule speaks.
    let named = annotated_class(it.db, annotation)?;
    let written = string_value(it.db, named).or_else(|| dotted(it.db, named))?;
    if written.rsplit('.').next() != Some(target.as_str()) {
        return None;
    }
    let message = format!(
        "`{}` is {}, but its annotation makes it hold a single `{target}`; write `Mapped[list[\"{target}\"]]`",
        it.label(),
        if direction == Direction::OneToMany { "one-to-many" } else { "many-to-many" },
    );
    Some(Finding::new(Anchor::Expr(annotation), message))
}

/// Whether the last word of an attribute's name is the plural of the last of a class's: `old_addresses` for `Address`.
fn is_plural_of(key: &str, class: &str) -> bool {
    let (class, word) = (class.to_lowercase(), key.rsplit('_').next().unwrap_or(key).to_lowercase());
    // `settings` for `UserSettings`
    if class.ends_with(&word) {
        return false;
    }
    let ends = |singular: Option<String>| singular.is_some_and(|it| it.len() > 1 && class.ends_with(&it));
    ends(word.strip_suffix("ies").map(|it| format!("{it}y")))
        || ends(word.strip_suffix("es").map(str::to_owned))
        || ends(word.strip_suffix('s').map(str::to_owned))
        || ends(word.strip_suffix("ren").map(str::to_owned))
}
