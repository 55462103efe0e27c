//! `with_polymorphic` is a word other than `*`.
//!
//! It lists the subclasses that are loaded together with their parent, or is `"*"` for all of them. `Mapper._set_with_polymorphic` raises
//! at anything else, while the module is being imported.
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
//!     __mapper_args__ = {"polymorphic_on": type, "with_polymorphic": "all"}
//!     #                                                               ^^^ error: `with_polymorphic` must be `"*"` or a list of classes, not `all`
//! ```
//!
//! ## SQLAlchemy says
//! ```text 1.4
//! ArgumentError: Invalid setting for with_polymorphic
//! ```
//! ```text 2.0 2.1
//! ArgumentError: Invalid setting for with_polymorphic: 'all'
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
//!     __mapper_args__ = {"polymorphic_on": type, "with_polymorphic": "*"}
//! ```

use relmodel_facts::Expr;

use crate::prelude::*;

pub(super) static RULE: Rule = Rule::error(On::Class(check));

fn check(it: ClassWalker<'_>) -> Option<Finding> {
    let place = it.mapper_arguments()?.get("with_polymorphic")?;
    let written = match place.expr(it.db) {
        Expr::String(text) if &*text.value != "*" => text.value.to_string(),
        Expr::True => "True".to_owned(),
        Expr::False => "False".to_owned(),
        _ => return None,
    };
    let message = format!("`with_polymorphic` must be `\"*\"` or a list of classes, not `{written}`");
    Some(Finding::new(Anchor::Expr(place), message))
}
