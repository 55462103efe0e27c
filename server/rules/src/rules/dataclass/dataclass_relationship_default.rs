//! A relationship of a dataclass has a `default` other than `None`.
//!
//! A default is one object for all parents. `RelationshipProperty.__init__` raises in 2.1; in 2.0 Python's dataclasses raise where it is
//! a list, a set or a dict. A collection that is empty at first is `default_factory=list`.
//!
//! ## Wrong
//! ```python
//! from sqlalchemy import ForeignKey
//! from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column, relationship
//!
//!
//! class Base(MappedAsDataclass, DeclarativeBase):
//!     pass
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id: Mapped[int] = mapped_column(primary_key=True, init=False)
//!     children: Mapped[list["Child"]] = relationship(default=[])
//!     #                                              ^^^^^^^ error: `Parent.children` can have no `default` but `None`; write `default_factory=list`
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id: Mapped[int] = mapped_column(primary_key=True, init=False)
//!     parent_id: Mapped[int] = mapped_column(ForeignKey("parent.id"), init=False)
//! ```
//!
//! ## SQLAlchemy says
//! ```text 2.0
//! InvalidRequestError: Python dataclasses error encountered when creating dataclass for 'Parent': ValueError("mutable default <class 'list'> for field children is not allowed: use default_factory"). Please refer to Python dataclasses documentation for additional information.
//! ```
//! ```text 2.1
//! ArgumentError: Only 'None' is accepted as dataclass default for a relationship()
//! ```
//!
//! ## Right
//! ```python
//! from sqlalchemy import ForeignKey
//! from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column, relationship
//!
//!
//! class Base(MappedAsDataclass, DeclarativeBase):
//!     pass
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id: Mapped[int] = mapped_column(primary_key=True, init=False)
//!     children: Mapped[list["Child"]] = relationship(default_factory=list)
//!
//!
//! class Child(Base):
//!     __tablename__ = "child"
//!     id: Mapped[int] = mapped_column(primary_key=True, init=False)
//!     parent_id: Mapped[int] = mapped_column(ForeignKey("parent.id"), init=False)
//! ```

use relmodel_facts::Expr;
use relmodel_model::{Workspace, native_dataclass};

use crate::fix::Change;
use crate::prelude::*;

pub(super) static RULE: Rule = Rule::error(On::Relationship(check)).since(SqlAlchemy::V2_0);

fn check(it: RelationshipWalker<'_>) -> Option<Finding> {
    let argument = it.declaration.arguments.iter().find(|it| it.name == "default")?;
    let factory = match argument.value.expr(it.db) {
        Expr::List(_) => Some("list"),
        Expr::Dict(_) => Some("dict"),
        Expr::Set(_) => Some("set"),
        Expr::Tuple(_) | Expr::String(_) | Expr::Int(_) | Expr::True | Expr::False | Expr::Lambda { .. } => None,
        _ => return None,
    };
    if native_dataclass(it.db, it.id.parent(it.db)) != Some(true) || !is_refused(it, factory.is_some()) {
        return None;
    }
    let advice = factory.map_or("remove it".to_owned(), |it| format!("write `default_factory={it}`"));
    let message = format!("`{}` can have no `default` but `None`; {advice}", it.label());
    let keyword = argument.keyword?;
    let call = it.declaration.call;
    let fix = match factory {
        Some(factory) => {
            let code = format!("default_factory={factory}");
            let title = format!("Change to `{code}`");
            Fix::safe(title, vec![Change::ReplaceArgument { call, name: keyword.name, code }])
        }
        None => Fix::risky("Remove `default`", vec![Change::without(call, "default")]),
    };
    Some(Finding::new(Anchor::Name(call.item, keyword.at), message).with_fix(fix))
}

/// Whether this version refuses the default: 2.0 leaves that to Python, which asks whether it can be changed.
fn is_refused(it: RelationshipWalker<'_>, is_mutable: bool) -> bool {
    let is_field = || it.declaration.truth(it.db, "init") != Some(false) && !it.declaration.has(it.db, "init");
    Workspace::get(it.db).sqlalchemy(it.db) >= SqlAlchemy::V2_1 || (is_mutable && is_field())
}
