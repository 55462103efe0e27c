//! The annotation of a column is a value or a function, not a type.
//!
//! `MappedColumn._init_column_for_annotation` raises where the column has no type of its own, while the module is being imported.
//!
//! ## Wrong
//! ```python
//! from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
//!
//! class Base(DeclarativeBase):
//!     pass
//!
//!
//! def name_type():
//!     return str
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id: Mapped[int] = mapped_column(primary_key=True)
//!     name: Mapped[name_type]
//!     #            ^^^^^^^^^ error: `Parent.name` is annotated the function `name_type`; write a type inside of `Mapped[…]`
//! ```
//!
//! ## SQLAlchemy says
//! ```text 2.0 2.1
//! MappedAnnotationError: The object provided inside the 'name' attribute Mapped annotation is not a Python type, it's the object <function name_type at 0x…>. Expected a Python type.
//! ```
//!
//! ## Right
//! ```python
//! from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
//!
//! class Base(DeclarativeBase):
//!     pass
//!
//!
//! class Parent(Base):
//!     __tablename__ = "parent"
//!     id: Mapped[int] = mapped_column(primary_key=True)
//!     name: Mapped[str]
//! ```

use relmodel_facts::Expr;
use relmodel_model::{Value, evaluate};

use crate::prelude::*;

pub(super) static RULE: Rule = Rule::error(On::Attribute(check)).since(SqlAlchemy::V2_0);

fn check(it: AttributeWalker<'_>) -> Option<Finding> {
    let db = it.class.db;
    let place = it.annotated()?.type_;
    let what = match (place.expr(db), evaluate(db, place)) {
        (Expr::Int(_), _) => "a number".to_owned(),
        (Expr::Name(name), Value::Function(item, index)) => {
            let is_plain = |function: &relmodel_facts::Function| function.decorators.is_empty();
            let item = relmodel_model::item(db, item)?;
            item.functions.get(index as usize).filter(|it| is_plain(it))?;
            format!("the function `{name}`")
        }
        _ => return None,
    };
    if !it.takes_type_from_annotation() || !it.class.has_standard_types() || it.unbound_name().is_some() {
        return None;
    }
    let message = format!("`{}` is annotated {what}; write a type inside of `Mapped[…]`", it.label());
    Some(Finding::new(Anchor::Expr(place), message))
}
