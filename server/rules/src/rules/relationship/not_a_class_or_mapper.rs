//! The argument of a relationship is neither a class nor its name.
//!
//! `RelationshipProperty._setup_entity` looks up a string among the mapped classes first and among the tables then, when SQLAlchemy
//! configures the mappers, and raises for anything that is no class: for a table, whose name was written where that of its class is
//! meant, and for what a function returns that is a string, as that is not looked up again.
//!
//! ## Wrong
//! ```python
//! from sqlalchemy import Column, ForeignKey, Integer
//! from sqlalchemy.orm import declarative_base, relationship
//!
//! Base = declarative_base()
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id = Column(Integer, primary_key=True)
//!     children = relationship("child")
//!     #                        ^^^^^ error: `Parent.children` refers to `child`, which is a table and not a class; did you mean `Child`?
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id = Column(Integer, primary_key=True)
//!     parent_id = Column(Integer, ForeignKey("parent.id"))
//! ```
//!
//! ## SQLAlchemy says
//! ```text
//! ArgumentError: relationship 'children' expects a class or a mapper argument (received: <class 'sqlalchemy.sql.schema.Table'>)
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
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id = Column(Integer, primary_key=True)
//!     children = relationship("Child")
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id = Column(Integer, primary_key=True)
//!     parent_id = Column(Integer, ForeignKey("parent.id"))
//! ```

use relmodel_facts::Expr;
use relmodel_model::Place;

use crate::fix::Change;
use crate::prelude::*;

pub(super) static RULE: Rule = Rule::error(On::Relationship(check));

fn check(it: RelationshipWalker<'_>) -> Option<Finding> {
    match it.data.target {
        Target::Table(id) => {
            let table = TableWalker::new(it.db, id)?;
            let place = it.target_place()?;
            let meant = match table.class() {
                Some(class) => Suggestion::of(table.label(), class.name(it.db).as_str()),
                None => Suggestion::default(),
            };
            let message =
                format!("`{}` refers to `{}`, which is a table and not a class{meant}", it.label(), table.label());
            let at = Anchor::Expr(place);
            Some(Finding::new(at, message).with_fix(meant.fix(at)))
        }
        // SQLAlchemy's classes begin with a capital letter.
        Target::SqlAlchemy(name, place) if name.starts_with(char::is_lowercase) => {
            let message = format!("`{}` refers to `{name}`, which is SQLAlchemy's own and no class", it.label());
            Some(Finding::new(Anchor::Expr(place), message))
        }
        Target::Unknown => returned_string(it),
        _ => None,
    }
}

/// `relationship(lambda: "Child")`
fn returned_string(it: RelationshipWalker<'_>) -> Option<Finding> {
    let place = it.declaration.value("argument")?;
    let Expr::Lambda { body, .. } = place.expr(it.db) else { return None };
    let body = Place { expr: body, ..place };
    let Expr::String(text) = body.expr(it.db) else { return None };
    let message = format!(
        "`{}` asks for a class, and the string that the lambda returns is not looked up; write `\"{}\"` alone",
        it.label(),
        text.value,
    );
    let fix = Fix::safe("Remove the `lambda`", vec![Change::Unwrap { whole: place, part: body }]);
    Some(Finding::new(Anchor::Expr(body), message).with_fix(fix))
}
