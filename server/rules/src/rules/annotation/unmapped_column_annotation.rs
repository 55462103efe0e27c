//! An `unmapped_column()` is annotated with `Mapped[...]`.
//!
//! A column of the table that the mapper has no attribute for is declared by `unmapped_column()` and annotated `Unmapped[...]`, both at
//! once. `_ClassScanMapperConfig._extract_mappable_attributes` raises if only one of the two says so, while the module is being
//! imported.
//!
//! ## Wrong
//! ```python
//! from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, unmapped_column
//!
//! class Base(DeclarativeBase):
//!     pass
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id: Mapped[int] = mapped_column(primary_key=True)
//!     name: Mapped[str] = unmapped_column()
//!     #     ^^^^^^^^^^^ error: `Parent.name` is an `unmapped_column()`, which is annotated `Unmapped[…]`, not `Mapped[…]`
//! ```
//!
//! ## SQLAlchemy says
//! ```text 2.1
//! ArgumentError: Attribute "Parent.name" uses unmapped_column() with the Mapped[] annotation; unmapped_column() must be used with the Unmapped[] annotation
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

use crate::prelude::*;

pub(super) static RULE: Rule = Rule::error(On::Attribute(check)).since(SqlAlchemy::V2_1);

fn check(it: AttributeWalker<'_>) -> Option<Finding> {
    let is_unmapped = it.call().is_some_and(|it| it.name == "unmapped_column");
    let annotation = it.annotation().filter(|_| is_unmapped && it.is_effective())?;
    it.mapped_annotation()?;
    let message =
        format!("`{}` is an `unmapped_column()`, which is annotated `Unmapped[…]`, not `Mapped[…]`", it.label());
    Some(Finding::new(Anchor::Expr(annotation), message))
}
