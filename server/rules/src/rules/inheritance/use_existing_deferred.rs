//! A column says `use_existing_column`, but its class is mapped later.
//!
//! The column of the parent is looked up when the class is created. Below `DeferredReflection` the parent is mapped only by `prepare()`, so
//! `MappedColumn._adjust_for_existing_column` raises.
//!
//! ## Wrong
//! ```python
//! from sqlalchemy import String
//! from sqlalchemy.ext.declarative import DeferredReflection
//! from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
//!
//!
//! class Base(DeferredReflection, DeclarativeBase):
//!     pass
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id: Mapped[int] = mapped_column(primary_key=True)
//!     type: Mapped[str]
//!     __mapper_args__ = {"polymorphic_on": "type", "polymorphic_identity": "parent"}
//!
//!
//! class Child(Parent):
//!     name: Mapped[str] = mapped_column(String(20), use_existing_column=True)
//!     #                                             ^^^^^^^^^^^^^^^^^^^ error: `Child` is mapped by `prepare()`, when it is too late for `use_existing_column`; remove it
//!     __mapper_args__ = {"polymorphic_identity": "child"}
//! ```
//!
//! ## SQLAlchemy says
//! ```text 2.0 2.1
//! ArgumentError: Can't use use_existing_column with deferred mappers
//! ```
//!
//! ## Right
//! ```python
//! from sqlalchemy import String
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
//!     type: Mapped[str]
//!     __mapper_args__ = {"polymorphic_on": "type", "polymorphic_identity": "parent"}
//!
//!
//! class Child(Parent):
//!     name: Mapped[str] = mapped_column(String(20), use_existing_column=True)
//!     __mapper_args__ = {"polymorphic_identity": "child"}
//! ```

use relmodel_facts::{Argument, Expr};
use relmodel_model::{AttributeKind, class_info, inheritance};

use crate::prelude::*;

pub(super) static RULE: Rule = Rule::error(On::Attribute(check)).since(SqlAlchemy::V2_0);

fn check(it: AttributeWalker<'_>) -> Option<Finding> {
    let class = it.class;
    let AttributeKind::Column(call) = it.kind() else { return None };
    if !it.is_certain() || it.is_shadowed() || inheritance(class.db, class.id) != Inheritance::Single {
        return None;
    }
    let mut mro = class_info(class.db, class.id).mro.iter().map(|id| ClassWalker { id: *id, ..class });
    mro.find_map(|it| it.library_base(&["DeferredReflection"]))?;
    let Expr::Call { arguments, .. } = call.expr(class.db) else { return None };
    let keyword = arguments.iter().find_map(|argument| match argument {
        Argument::Keyword(keyword, value) if keyword.name == "use_existing_column" => {
            (call.with(*value).expr(class.db) == Expr::True).then_some(*keyword)
        }
        _ => None,
    })?;
    let message = format!(
        "`{}` is mapped by `prepare()`, when it is too late for `use_existing_column`; remove it",
        class.name(),
    );
    Some(Finding::new(Anchor::Name(call.item, keyword.at), message))
}
