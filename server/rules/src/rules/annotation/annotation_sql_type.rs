//! The annotation of a column is a type of SQLAlchemy's, not one of Python's.
//!
//! `Mapped[...]` says what values the attribute has in Python: `str`, not `String`. `MappedColumn._init_column_for_annotation` raises
//! where the column has no type of its own, while the module is being imported. The type of the column goes into `mapped_column(...)`.
//!
//! ## Wrong
//! ```python
//! from sqlalchemy import String
//! from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
//!
//! class Base(DeclarativeBase):
//!     pass
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id: Mapped[int] = mapped_column(primary_key=True)
//!     name: Mapped[String]
//!     #            ^^^^^^ error: `Parent.name` is annotated `String`, which is a type of SQLAlchemy's; did you mean `str`?
//! ```
//!
//! ## SQLAlchemy says
//! ```text 2.0 2.1
//! MappedAnnotationError: The type provided inside the 'name' attribute Mapped annotation is the SQLAlchemy type <class 'sqlalchemy.sql.sqltypes.String'>. Expected a Python type instead
//! ```
//!
//! ## Right
//! ```python
//! from sqlalchemy import String
//! from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
//!
//! class Base(DeclarativeBase):
//!     pass
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id: Mapped[int] = mapped_column(primary_key=True)
//!     name: Mapped[str] = mapped_column(String)
//! ```

use relmodel_facts::Expr;
use relmodel_model::type_name;

use crate::fix::Change;
use crate::prelude::*;

pub(super) static RULE: Rule = Rule::error(On::Attribute(check)).since(SqlAlchemy::V2_0);

fn check(it: AttributeWalker<'_>) -> Option<Finding> {
    let annotated = it.annotated()?;
    let type_ = type_name(it.class.db, annotated.type_)?;
    if !it.takes_type_from_annotation() || !it.class.has_standard_types() || it.unbound_name().is_some() {
        return None;
    }
    let meant = python_type(type_.as_str());
    let advice = meant.map_or_else(
        || format!("write Python's type, and the type of the column as `mapped_column({type_})`"),
        |meant| format!("did you mean `{meant}`?"),
    );
    let message = format!("`{}` is annotated `{type_}`, which is a type of SQLAlchemy's; {advice}", it.label());
    let is_name = matches!(annotated.type_.expr(it.class.db), Expr::Name(_) | Expr::Attribute { .. });
    let fix = meant.filter(|_| is_name).map(|meant| {
        let change = Change::ReplaceExpression { place: annotated.type_, code: meant.to_owned() };
        Fix::safe(format!("Change to `{meant}`"), vec![change])
    });
    Some(Finding::new(Anchor::Expr(annotated.type_), message).with_fix(fix))
}

/// The type of Python's that SQLAlchemy maps to this one by itself.
fn python_type(name: &str) -> Option<&'static str> {
    Some(match name {
        "Boolean" => "bool",
        "Float" => "float",
        "Integer" => "int",
        "LargeBinary" => "bytes",
        "String" => "str",
        _ => return None,
    })
}
