//! The attribute `registry` of a declarative base is something else than a registry.
//!
//! A declarative base takes the registry that it finds under this name for its own. `_setup_declarative_base` raises when the class
//! is created and finds another object there.
//!
//! ## Wrong
//! ```python
//! from sqlalchemy import MetaData
//! from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
//!
//!
//! class Base(DeclarativeBase):
//!     registry = MetaData()
//!     #          ^^^^^^^^^^ error: `Base.registry` is no `registry()`; give the base one, or use another name
//! ```
//!
//! ## SQLAlchemy says
//! ```text 2.0 2.1
//! InvalidRequestError: Declarative base class has a 'registry' attribute that is not an instance of sqlalchemy.orm.registry()
//! ```
//!
//! ## Right
//! ```python
//! from sqlalchemy import MetaData
//! from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, registry
//!
//!
//! class Base(DeclarativeBase):
//!     registry = registry(metadata=MetaData())
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id: Mapped[int] = mapped_column(primary_key=True)
//! ```

use relmodel_facts::Expr;
use relmodel_model::{Name, library_call, own_attribute};

use crate::prelude::*;

pub(super) static RULE: Rule = Rule::error(On::Base(check)).since(SqlAlchemy::V2_0);

/// What is surely no registry.
const OTHERS: [&str; 6] =
    ["MetaData", "create_async_engine", "create_engine", "declarative_base", "scoped_session", "sessionmaker"];

fn check(it: ClassWalker<'_>) -> Option<Finding> {
    it.library_base(&["DeclarativeBase", "DeclarativeBaseNoMeta"])?;
    let attribute = own_attribute(it.db, it.id, Name::from("registry"))?;
    let value = attribute.value_place(it.db, it.id, it.id)?;
    if attribute.is_conditional || attribute.function.is_some() {
        return None;
    }
    let is_other = match value.expr(it.db) {
        Expr::String(_) | Expr::Int(_) | Expr::True | Expr::False | Expr::Dict(_) | Expr::List(_) => true,
        _ => library_call(it.db, value).is_some_and(|(_, name)| OTHERS.contains(&name.as_str())),
    };
    let message = format!("`{}.registry` is no `registry()`; give the base one, or use another name", it.name());
    is_other.then(|| Finding::new(Anchor::Expr(value), message))
}
