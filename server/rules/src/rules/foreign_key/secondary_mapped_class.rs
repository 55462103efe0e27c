//! The `secondary` of a relationship is a mapped class.
//!
//! Rows of an association table are written by the relationship, rows of a mapped class by its own objects, so one thing cannot be
//! both. `RelationshipProperty._process_dependent_arguments` takes a table alone: either the class's table, for a relationship that
//! is only read, or no `secondary` but two relationships with the class between them (an association object).
//!
//! ## Wrong
//! ```python
//! from sqlalchemy import Column, ForeignKey, Integer
//! from sqlalchemy.orm import declarative_base, relationship
//!
//! Base = declarative_base()
//!
//!
//! class Role(Base):
//!     __tablename__ = "role"
//!     actor_id = Column(ForeignKey("actor.id"), primary_key=True)
//!     film_id = Column(ForeignKey("film.id"), primary_key=True)
//!
//!
//! class Actor(Base):
//!     __tablename__ = "actor"
//!     id = Column(Integer, primary_key=True)
//!     films = relationship("Film", secondary="Role")
//!     #                                       ^^^^ error: `Actor.films` goes through `Role`, which is a mapped class; name its table `role` and add `viewonly=True`, or link `Actor` with `Role` and `Role` with `Film`
//!
//!
//! class Film(Base):
//!     __tablename__ = "film"
//!     id = Column(Integer, primary_key=True)
//! ```
//!
//! ## SQLAlchemy says
//! ```text
//! ArgumentError: secondary argument <class 'models.Role'> passed to to relationship() Actor.films must be a Table object or other FROM clause; can't send a mapped class directly as rows in 'secondary' are persisted independently of a class that is mapped to that same table.
//! ```
//!
//! ## Right
//! ```python
//! from sqlalchemy import Column, ForeignKey, Integer
//! from sqlalchemy.orm import declarative_base, relationship
//!
//! Base = declarative_base()
//!
//!
//! class Role(Base):
//!     __tablename__ = "role"
//!     actor_id = Column(ForeignKey("actor.id"), primary_key=True)
//!     film_id = Column(ForeignKey("film.id"), primary_key=True)
//!     film = relationship("Film")
//!
//!
//! class Actor(Base):
//!     __tablename__ = "actor"
//!     id = Column(Integer, primary_key=True)
//!     roles = relationship("Role")
//!     films = relationship("Film", secondary="role", viewonly=True)
//!
//!
//! class Film(Base):
//!     __tablename__ = "film"
//!     id = Column(Integer, primary_key=True)
//! ```

use relmodel_facts::Expr;

use crate::fix::Change;
use crate::mend::arguments;
use crate::prelude::*;

pub(super) static RULE: Rule = Rule::error(On::Relationship(check));

fn check(it: RelationshipWalker<'_>) -> Option<Finding> {
    let Secondary::Class(class) = it.data.secondary else { return None };
    let value = it.declaration.value("secondary")?;
    let value = match value.expr(it.db) {
        Expr::Lambda { body, .. } => value.with(body),
        _ => value,
    };
    let class = ClassWalker { db: it.db, id: class };
    let target = it.target()?;
    let message = format!(
        "`{}` goes through `{}`, which is a mapped class; name its table `{}` and add `viewonly=True`, or link `{}` with `{}` and \
         `{}` with `{}`",
        it.label(),
        class.name(),
        class.table()?.label(),
        it.parent().name(),
        class.name(),
        class.name(),
        target.name(),
    );
    let res = Finding::new(Anchor::Expr(value), message);
    let fix = fix(it, class.table()?);
    Some(res.with_related(Anchor::Class(class.id), format!("`{}`", class.name())).with_fix(fix))
}

/// The table's name, for a relationship that only reads: what the class in between holds besides would get no value.
fn fix(it: RelationshipWalker<'_>, table: TableWalker<'_>) -> Option<Fix> {
    let key = table.data.key?;
    let place = it.declaration.value("secondary")?;
    let changes = vec![
        Change::ReplaceExpression { place, code: format!("\"{key}\"") },
        arguments::set(it, "viewonly", "True".to_owned())?,
    ];
    Some(Fix::risky(format!("Go through the table `{key}` and only read"), changes))
}
