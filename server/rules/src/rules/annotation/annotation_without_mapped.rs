//! An attribute is annotated without `Mapped[...]`.
//!
//! Since 2.0 an annotation says what an attribute is, and the mapper's attributes have theirs inside of `Mapped[...]`.
//! `_extract_mapped_subtype` raises for any other at a `mapped_column()`, a `relationship()` or an attribute without a value, while the
//! module is being imported. An attribute that is not mapped is annotated `ClassVar[...]`; `__allow_unmapped__ = True` lets annotations
//! of before 2.0 pass.
//!
//! ## Wrong
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
//!     name: str
//!     #     ^^^ error: `Parent.name` is annotated without `Mapped[…]`; write `Mapped[…]`, or `ClassVar[…]` for what is not mapped
//! ```
//!
//! ## SQLAlchemy says
//! ```text 2.0 2.1
//! MappedAnnotationError: Type annotation for "Parent.name" can't be correctly interpreted for Annotated Declarative Table form.  ORM annotations should normally make use of the ``Mapped[]`` generic type, or other ORM-compatible generic type, as a container for the actual type, which indicates the intent that the attribute is mapped. Class variables that are not intended to be mapped by the ORM should use ClassVar[].  To allow Annotated Declarative to disregard legacy annotations which don't use Mapped[] to pass, set "__allow_unmapped__ = True" on the class or a superclass this class.
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
use relmodel_model::{Framework, Place, Value, allows_unmapped, class_info, evaluate, sqlalchemy_name, type_name};

use crate::fix::{Change, Import};
use crate::prelude::*;
use crate::walker::{is_ordinary, typing_name};

pub(super) static RULE: Rule = Rule::error(On::Attribute(check)).since(SqlAlchemy::V2_0);

fn check(it: AttributeWalker<'_>) -> Option<Finding> {
    let annotation = it.annotation().filter(|place| is_surely_plain(it, *place) && expects_mapped(it))?;
    let message = format!(
        "`{}` is annotated without `Mapped[…]`; write `Mapped[…]`, or `ClassVar[…]` for what is not mapped",
        it.label(),
    );
    Some(Finding::new(Anchor::Expr(annotation), message).with_fixes(fixes(it, annotation)))
}

/// `Mapped[...]`, and beside it `ClassVar[...]` where nothing but the annotation says that the attribute is mapped.
fn fixes(it: AttributeWalker<'_>, place: Place) -> Vec<Fix> {
    let wrap = |before: &str| Change::Wrap { place, before: before.to_owned(), after: "]".to_owned() };
    if matches!(evaluate(it.class.db, place), Value::Library(name) if name.ends_with(".Mapped")) {
        return Vec::new();
    }
    let mapped = Fix::safe("Put it in `Mapped[…]`", vec![wrap("$Mapped[")]);
    if it.call().is_some() {
        return vec![mapped];
    }
    let file = it.declared_in.file(it.class.db);
    let import =
        Change::Import { file, module: Name::from("typing"), name: Name::from("ClassVar"), when: Import::Always };
    vec![mapped.as_risky(), Fix::risky("Put it in `ClassVar[…]`", vec![wrap("ClassVar["), import])]
}

/// Whether `_collect_annotation` takes nothing but `Mapped[...]` for this attribute.
fn expects_mapped(it: AttributeWalker<'_>) -> bool {
    let db = it.class.db;
    let name = it.name();
    let is_reserved = name.starts_with("__") || name.starts_with("_sa_");
    let is_library = class_info(db, it.class.id).framework != Framework::None;
    if is_reserved || is_library || !it.is_effective() || it.data.function.is_some() || it.class.is_decorated() {
        return false;
    }
    let is_empty = it.value().is_none_or(|value| value.expr(db) == Expr::None);
    let is_column = |name: &str| it.call().is_some_and(|it| it.name == name);
    // Those of a mixin are copied, whatever they are annotated and whatever the class allows.
    if !it.is_own() {
        return is_column("Column") || is_column("mapped_column");
    }
    let is_property = || {
        let names = ["mapped_column", "relationship", "column_property", "deferred", "synonym", "query_expression"];
        it.is_mapped_property() && names.into_iter().any(is_column)
    };
    allows_unmapped(db, it.class.id) == Some(false) && (is_empty || is_property())
}

/// Whether an annotation surely is no `Mapped[...]` and nothing of the kind.
fn is_surely_plain(it: AttributeWalker<'_>, place: Place) -> bool {
    let db = it.class.db;
    match place.expr(db) {
        Expr::String(text) => text.code.is_some_and(|code| is_surely_plain(it, place.with(code))),
        Expr::Operation(operation) => {
            let is_plain = |part: &_| {
                let part = place.with(*part);
                part.expr(db) == Expr::None || is_surely_plain(it, part)
            };
            operation.operators.iter().all(|it| it == "|") && operation.operands.iter().all(is_plain)
        }
        Expr::Subscript { value, .. } => {
            let head = place.with(value);
            is_python_type(it, head)
                || typing_name(db, head).is_some_and(|name| {
                    let names = ["Dict", "FrozenSet", "List", "Optional", "Sequence", "Set", "Tuple", "Union"];
                    names.contains(&name)
                })
        }
        Expr::Name(_) | Expr::Attribute { .. } => match evaluate(db, place) {
            Value::Class(class) => is_ordinary(db, class),
            Value::Library(name) => {
                let is_bare = sqlalchemy_name(name).is_some_and(|it| it == "Mapped");
                is_bare || type_name(db, place).is_some() || is_type_of_library(name.as_str())
            }
            _ => is_python_type(it, place),
        },
        _ => false,
    }
}

fn is_type_of_library(name: &str) -> bool {
    let names = [
        "datetime.date",
        "datetime.datetime",
        "datetime.time",
        "datetime.timedelta",
        "decimal.Decimal",
        "typing.Any",
        "uuid.UUID",
    ];
    names.contains(&name)
}

fn is_python_type(it: AttributeWalker<'_>, place: Place) -> bool {
    let Expr::Name(name) = place.expr(it.class.db) else { return false };
    let names = ["bool", "bytes", "dict", "float", "frozenset", "int", "list", "object", "set", "str", "tuple"];
    names.contains(&name.as_str()) && evaluate(it.class.db, place) == Value::Missing
}
