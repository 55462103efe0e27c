//! An attribute has arguments for a dataclass, but its class is none.
//!
//! `init`, `repr`, `default_factory`, `compare`, `kw_only`, `hash` and `dataclass_metadata`, and `default` of a relationship, say how a dataclass treats the
//! field. `_extract_mappable_attributes` raises where the class does not become one by `MappedAsDataclass` or
//! `registry.mapped_as_dataclass`; Python's own `@dataclass` does not count.
//!
//! ## Wrong
//! ```python
//! from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
//!
//!
//! class Base(DeclarativeBase):
//!     pass
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id: Mapped[int] = mapped_column(primary_key=True, init=False)
//!     #                                                 ^^^^ error: `Parent` is no dataclass, so `Parent.id` takes no `init`; remove it, or add `MappedAsDataclass` to the bases
//! ```
//!
//! ## SQLAlchemy says
//! ```text 2.0 2.1
//! ArgumentError: Attribute 'id' on class <class 'models.Parent'> includes dataclasses argument(s): 'init' but class does not specify SQLAlchemy native dataclass configuration.
//! ```
//!
//! ## Right
//! ```python
//! from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
//!
//!
//! class Base(DeclarativeBase):
//!     pass
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id: Mapped[int] = mapped_column(primary_key=True)
//! ```

use std::rc::Rc;

use relmodel_facts::{Argument, Expr};
use relmodel_model::native_dataclass;

use crate::fix::Change;
use crate::prelude::*;
use crate::walker::Call;

pub(super) static RULE: Rule = Rule::error(On::Attribute(check)).since(SqlAlchemy::V2_0);

/// The fields of `_AttributeOptions` in `orm/interfaces.py`, but for the default.
const OPTIONS: [&str; 7] = ["compare", "dataclass_metadata", "default_factory", "hash", "init", "kw_only", "repr"];

fn check(it: AttributeWalker<'_>) -> Option<Finding> {
    let db = it.class.db;
    if !it.is_certain() || it.is_shadowed() || native_dataclass(db, it.class.id) != Some(false) {
        return None;
    }
    let reached = || it.value().filter(|_| it.data.is_declared_attr).and_then(|value| Call::reached(db, value));
    let call = it.call().or_else(|| reached().map(Rc::new))?;
    let is_relationship = match call.name.as_str() {
        "mapped_column" => false,
        "relationship" => true,
        _ => return None,
    };
    let Expr::Call { arguments, .. } = call.place.get(db) else { return None };
    let keyword = arguments.iter().find_map(|argument| match argument {
        Argument::Keyword(keyword, _) => {
            let name = keyword.name.as_str();
            (OPTIONS.contains(&name) || (is_relationship && name == "default")).then_some(*keyword)
        }
        _ => None,
    })?;
    let message = format!(
        "`{}` is no dataclass, so `{}` takes no `{}`; remove it, or add `MappedAsDataclass` to the bases",
        it.class.name(),
        it.label(),
        keyword.name,
    );
    let fix = Fix::risky(format!("Remove `{}`", keyword.name), vec![Change::without(call.place, &keyword.name)]);
    Some(Finding::new(Anchor::Name(call.place.item, keyword.at), message).with_fix(fix))
}
