//! A column or relationship uses a name that Python does not know there.
//!
//! Python runs the body of a class from top to bottom, when the module is imported. A class further down, the class itself, and what is
//! imported for type checkers alone have no name yet, and an annotation alone gives none: it takes a value to bind a name. In strings and
//! lambdas SQLAlchemy looks names up later, when all classes are there.
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
//!     children = relationship(Child)
//!     #                       ^^^^^ error: `Parent.children` uses `Child`, which is bound further down; write it in a string
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
//! NameError: name 'Child' is not defined
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

use relmodel_facts::{Argument, Expr, ExprId};
use relmodel_model::{
    AttributeKind, Db, Name, Place, Unbound, own_attribute, top_level_names, unbound_at, unbound_in_body,
};

use crate::fix::Change;
use crate::prelude::*;
use crate::walker::Call;

pub(super) static RULE: Rule = Rule::error(On::Attribute(check));

fn check(it: AttributeWalker<'_>) -> Option<Finding> {
    if it.data.function.is_some() || !it.is_mapped_property() {
        return None;
    }
    let value = it.declared_in.place(it.class.db, it.data.value?);
    let (place, name, why) = unbound_in(it, value)?;
    let message = format!("`{}` uses `{name}`, {}", it.label(), described(it, name, why));
    let at = Anchor::Expr(place);
    let fix = match why {
        Unbound::Missing => meant(it, name).fix(at),
        _ => quoted(it, value, place),
    };
    Some(Finding::new(at, message).with_fix(fix))
}

/// The first name in code that means nothing when the code runs.
fn unbound_in(it: AttributeWalker<'_>, place: Place) -> Option<(Place, Name, Unbound)> {
    let db = it.class.db;
    let any = |parts: &[ExprId]| parts.iter().find_map(|part| unbound_in(it, place.with(*part)));
    match place.get(db) {
        Expr::Name(name) => Some((place, *name, unbound_in_body(db, it.declared_in, it.data.at, *name)?)),
        Expr::Attribute { object, .. } => unbound_in(it, place.with(*object)),
        Expr::Call { function, arguments } => {
            let values: Vec<ExprId> = arguments.iter().map(Argument::value).collect();
            unbound_in(it, place.with(*function)).or_else(|| any(&values)).or_else(|| in_lambdas(it, place, &values))
        }
        Expr::Subscript { value, indices } => unbound_in(it, place.with(*value)).or_else(|| any(indices)),
        Expr::List(parts) | Expr::Tuple(parts) | Expr::Set(parts) => any(parts),
        // What stands behind `and`, `or` and `if` may not run.
        Expr::Operation(operation) if operation.operators.iter().all(|it| !it.starts_with(char::is_alphabetic)) => {
            any(&operation.operands)
        }
        _ => None,
    }
}

/// The lambdas among a relationship's arguments are called once all classes are there.
fn in_lambdas(it: AttributeWalker<'_>, call: Place, values: &[ExprId]) -> Option<(Place, Name, Unbound)> {
    let db = it.class.db;
    if !matches!(it.kind(), AttributeKind::Relationship(relationship) if relationship == call) {
        return None;
    }
    values.iter().find_map(|value| match call.with(*value).expr(db) {
        Expr::Lambda { body, parameters } if parameters.is_empty() => in_lambda(it, call.with(body)),
        _ => None,
    })
}

fn in_lambda(it: AttributeWalker<'_>, place: Place) -> Option<(Place, Name, Unbound)> {
    let db: &dyn Db = it.class.db;
    match place.expr(db) {
        Expr::Name(name) => {
            let why = unbound_at(db, it.declared_in, name).filter(|why| *why != Unbound::Later);
            Some((place, name, why?)).filter(|it| !it.1.starts_with('_'))
        }
        Expr::Attribute { object, .. } => in_lambda(it, place.with(object)),
        Expr::List(parts) | Expr::Tuple(parts) => parts.iter().find_map(|part| in_lambda(it, place.with(*part))),
        _ => None,
    }
}

fn described(it: AttributeWalker<'_>, name: Name, why: Unbound) -> String {
    let db = it.class.db;
    let of_body = own_attribute(db, it.declared_in, name);
    if of_body.is_some_and(|it| it.annotation.is_some() && it.value.is_none()) {
        return "which an annotation alone does not bind; give it a value: `= mapped_column()`".to_owned();
    }
    if of_body.is_some() {
        return "which is bound further down; move it up".to_owned();
    }
    match why {
        Unbound::Missing => {
            let meant = meant(it, name);
            let advice = if meant.is_empty() { "; import it".to_owned() } else { meant.to_string() };
            format!("which the module does not have{advice}")
        }
        Unbound::ForTypes => "which is imported for type checkers alone; write it in a string".to_owned(),
        Unbound::Later if name == it.declared_in.name(db) => {
            "which is not bound before its body has run; write it in a string".to_owned()
        }
        Unbound::Later => "which is bound further down; write it in a string".to_owned(),
    }
}

fn meant(it: AttributeWalker<'_>, name: Name) -> Suggestion {
    let names = top_level_names(it.class.db, it.declared_in.file(it.class.db));
    did_you_mean(name.as_str(), names.iter().map(Name::as_str))
}

/// The target of a relationship, in a string.
fn quoted(it: AttributeWalker<'_>, value: Place, place: Place) -> Option<Fix> {
    let call = Call::at(it.class.db, value).filter(|call| call.name == "relationship")?;
    let argument = call.leading(0).or_else(|| call.keyword("argument"))?;
    let Expr::Name(name) = place.expr(it.class.db) else { return None };
    let change = Change::ReplaceExpression { place, code: format!("\"{name}\"") };
    (argument == place).then(|| Fix::safe(format!("Write `\"{name}\"`"), vec![change]))
}
