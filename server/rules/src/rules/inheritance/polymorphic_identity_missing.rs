//! A class of a hierarchy that is told apart by a column does not say which value stands for it.
//!
//! The base has `polymorphic_on`, so each row says which class it belongs to. Without a `polymorphic_identity` of its own, a class
//! writes `NULL` there, and its rows are not loaded as objects of it. `Mapper._configure_inheritance` warns while the module is being
//! imported. A class that is only there to be inherited from says `__abstract__ = True`, or since 2.0 `polymorphic_abstract`.
//!
//! ## Wrong
//! ```python
//! from sqlalchemy import Column, Integer, String
//! from sqlalchemy.orm import declarative_base
//!
//! Base = declarative_base()
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id = Column(Integer, primary_key=True)
//!     type = Column(String(20))
//!     __mapper_args__ = {"polymorphic_on": type, "polymorphic_identity": "parent"}
//!
//!
//! class Child(Parent):
//! #     ^^^^^ warning: `Child` has no `polymorphic_identity`, though `Parent` tells its classes apart by `polymorphic_on`; add `__mapper_args__ = {"polymorphic_identity": "child"}`
//!     pass
//! ```
//!
//! ## SQLAlchemy says
//! ```text 1.4
//! SAWarning: Mapper mapped class Child->parent does not indicate a polymorphic_identity, yet is part of an inheritance hierarchy that has a polymorphic_on column of 'parent.type'.  Objects of this type cannot be loaded polymorphically which can lead to degraded or incorrect loading behavior in some scenarios.  Please establish a polmorphic_identity for this class, or leave it un-mapped.  To omit mapping an intermediary class when using declarative, set the '__abstract__ = True' attribute on that class.
//! ```
//! ```text 2.0 2.1
//! SAWarning: Mapper[Child(parent)] does not indicate a 'polymorphic_identity', yet is part of an inheritance hierarchy that has a 'polymorphic_on' column of 'parent.type'. If this is an intermediary class that should not be instantiated, the class may either be left unmapped, or may include the 'polymorphic_abstract=True' parameter in its Mapper arguments. To leave the class unmapped when using Declarative, set the '__abstract__ = True' attribute on the class.
//! ```
//!
//! ## Right
//! ```python
//! from sqlalchemy import Column, Integer, String
//! from sqlalchemy.orm import declarative_base
//!
//! Base = declarative_base()
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id = Column(Integer, primary_key=True)
//!     type = Column(String(20))
//!     __mapper_args__ = {"polymorphic_on": type, "polymorphic_identity": "parent"}
//!
//!
//! class Child(Parent):
//!     __mapper_args__ = {"polymorphic_identity": "child"}
//! ```

use relmodel_facts::Expr;
use relmodel_model::{MapperArguments, own_attribute};

use crate::fix::{Change, Position};
use crate::prelude::*;
use crate::walker::key_anchor;

pub(super) static RULE: Rule = Rule::warning(On::Class(check));

fn check(it: ClassWalker<'_>) -> Option<Finding> {
    it.mapped_parent()?;
    let arguments = it.mapper_arguments()?;
    let is_abstract = arguments.get("polymorphic_abstract").is_some_and(|it_| it_.expr(it.db) != Expr::False);
    if is_abstract || !arguments.lacks(it.db, "polymorphic_identity") {
        return None;
    }
    let root = it.root();
    let discriminator =
        root.mapper_arguments()?.entry("polymorphic_on").filter(|on| is_given(it, &on.value.expr(it.db)))?;
    let message = format!(
        "`{}` has no `polymorphic_identity`, though `{}` tells its classes apart by `polymorphic_on`; {}",
        it.name(),
        root.name(),
        advice(it, arguments),
    );
    let related = "the column that tells the classes apart is named here";
    let res = Finding::new(Anchor::Class(it.id), message).with_related(key_anchor(discriminator.at), related);
    Some(res.with_fix(fix(it, arguments)))
}

/// The class's name, in `__mapper_args__` of its own.
fn fix(it: ClassWalker<'_>, arguments: &MapperArguments) -> Option<Fix> {
    let is_free = arguments.entries.is_empty() && own_attribute(it.db, it.id, Name::from("__mapper_args__")).is_none();
    let code = format!("__mapper_args__ = {{\"polymorphic_identity\": \"{}\"}}", it.name().to_lowercase());
    let title = format!("Add `{code}`");
    is_free.then(|| Fix::risky(title, vec![Change::AddStatement { class: it.id, position: Position::Last, code }]))
}

/// Whether a value is surely a column or the name of one.
fn is_given(it: ClassWalker<'_>, value: &Expr) -> bool {
    match value {
        Expr::String(_) | Expr::Call { .. } => true,
        Expr::Name(_) | Expr::Attribute { .. } => !it.root().is_open(),
        _ => false,
    }
}

fn advice(it: ClassWalker<'_>, arguments: &MapperArguments) -> String {
    let identity = it.name().to_lowercase();
    if arguments.entries.is_empty() {
        return format!("add `__mapper_args__ = {{\"polymorphic_identity\": \"{identity}\"}}`");
    }
    format!("give its mapper `\"polymorphic_identity\": \"{identity}\"`")
}
