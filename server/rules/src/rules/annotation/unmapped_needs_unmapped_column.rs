//! An attribute that is annotated `Unmapped[...]` is no `unmapped_column()`.
//!
//! A column of the table that the mapper has no attribute for is declared by `unmapped_column()` and annotated `Unmapped[...]`, both at
//! once. `_ClassScanMapperConfig._extract_mappable_attributes` raises if only one of the two says so, while the module is being
//! imported.
//!
//! ## Wrong
//! ```python
//! from sqlalchemy.orm import DeclarativeBase, Mapped, Unmapped, mapped_column
//!
//! class Base(DeclarativeBase):
//!     pass
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id: Mapped[int] = mapped_column(primary_key=True)
//!     name: Unmapped[str] = mapped_column()
//!     #                     ^^^^^^^^^^^^^ error: `Parent.name` is annotated `Unmapped[…]`; make it an `unmapped_column()`
//! ```
//!
//! ## SQLAlchemy says
//! ```text 2.1
//! ArgumentError: Attribute "Parent.name" uses the Unmapped[] annotation, which must be used with unmapped_column() or with no value on the right side
//! ```
//!
//! ## Right
//! ```python
//! from sqlalchemy.orm import DeclarativeBase, Mapped, Unmapped, mapped_column, unmapped_column
//!
//! class Base(DeclarativeBase):
//!     pass
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id: Mapped[int] = mapped_column(primary_key=True)
//!     name: Unmapped[str] = unmapped_column()
//! ```

use relmodel_facts::Expr;
use relmodel_model::{Value, evaluate, sqlalchemy_name};

use crate::prelude::*;

pub(super) static RULE: Rule = Rule::error(On::Attribute(check)).since(SqlAlchemy::V2_1);

fn check(it: AttributeWalker<'_>) -> Option<Finding> {
    let db = it.class.db;
    let annotation = it.annotation().filter(|_| it.is_effective())?;
    let Expr::Subscript { value, .. } = annotation.expr(db) else { return None };
    let Value::Library(head) = evaluate(db, annotation.with(value)) else { return None };
    if sqlalchemy_name(head).is_none_or(|it| it != "Unmapped") {
        return None;
    }
    let call = it.call().filter(|it| matches!(it.name.as_str(), "Column" | "mapped_column" | "relationship"))?;
    let message = format!("`{}` is annotated `Unmapped[…]`; make it an `unmapped_column()`", it.label());
    Some(Finding::new(call.callee(db), message))
}
