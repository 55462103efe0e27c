//! `SQLModel`: classes that become mapped by `table=True`, and fields that become columns.
//!
//! Known by what it does and never read from source. Relationships are read in `declarations.rs`, table names in
//! `mappers.rs`.

use std::sync::Arc;

use relmodel_facts::{Argument, Expr, Name};

use crate::attribute::{Attribute, AttributeKind, mapped_argument};
use crate::class::{class_info, keyword_of_call};
use crate::column::{
    Column, ForeignKey, column_of_call, empty_column, read_annotation, read_call_argument, read_positional, spec_of,
};
use crate::db::{ClassId, Db, Place, RegistryId};
use crate::mapper_arguments::entries;
use crate::member::{Member, MemberKind, member_of as declarative_member};
use crate::value::{Value, as_call, called, evaluate};

/// The registry of all classes that name no other one.
pub(crate) fn default_registry() -> RegistryId {
    RegistryId::Library(Name::from("sqlmodel.SQLModel"))
}

/// Whether a class asks to be mapped. One below a mapped class is none: such a class only describes data.
pub(crate) fn is_table(db: &dyn Db, class: ClassId) -> bool {
    asks_for_table(db, class) && !class_info(db, class).mro[1..].iter().any(|it| asks_for_table(db, *it))
}

fn asks_for_table(db: &dyn Db, class: ClassId) -> bool {
    class.read(db, |item, source| {
        source.arguments.iter().any(|it| match it {
            Argument::Keyword(keyword, value) => keyword.name == "table" && *item.expr(*value) == Expr::True,
            _ => false,
        })
    }) == Some(true)
}

/// What an attribute that `class` declares is in a mapped class.
pub(crate) fn member_of(db: &dyn Db, receiver: ClassId, class: ClassId, attribute: &Attribute) -> Member {
    let mut res = declarative_member(db, receiver, class, attribute);
    let is_field = matches!(attribute.kind, AttributeKind::Plain | AttributeKind::Field(_) | AttributeKind::Unknown);
    if is_field
        && !attribute.is_declared_attr
        && !attribute.name.starts_with('_')
        && attribute.name != "model_config"
        && let Some(annotation) = attribute.annotation
        && !is_class_variable(db, class.place(db, annotation))
    {
        res.kind = MemberKind::Column(Arc::new(column_of_field(db, class, attribute)));
    }
    res
}

fn is_class_variable(db: &dyn Db, annotation: Place) -> bool {
    let head = match annotation.expr(db) {
        Expr::Subscript { value, .. } => annotation.with(value),
        Expr::String(text) => return text.code.is_some_and(|it| is_class_variable(db, annotation.with(it))),
        _ => annotation,
    };
    matches!(evaluate(db, head), Value::Library(name) if name.ends_with(".ClassVar"))
}

/// The `Field(...)` of a field: its value, or a part of its `Annotated[...]`.
fn field_call(db: &dyn Db, class: ClassId, attribute: &Attribute) -> Option<Place> {
    if let AttributeKind::Field(call) = attribute.kind {
        return Some(call);
    }
    let annotation = class.place(db, attribute.annotation?);
    let Expr::Subscript { value, indices } = annotation.expr(db) else { return None };
    let is_annotated =
        matches!(evaluate(db, annotation.with(value)), Value::Library(name) if name.ends_with(".Annotated"));
    let calls = indices.iter().skip(1).filter_map(|it| as_call(db, annotation.with(*it)));
    let mut fields = calls.filter(|(call, function)| called(db, *call, *function).is_some_and(|it| it == "Field"));
    fields.next().filter(|_| is_annotated).map(|it| it.0)
}

fn column_of_field(db: &dyn Db, class: ClassId, attribute: &Attribute) -> Column {
    let annotation = attribute.annotation.map(|it| class.place(db, it));
    let call = field_call(db, class, attribute);
    let given = |name: &str| call.and_then(|it| Some(it.with(keyword_of_call(db, it, name)?)));
    if let Some(column) = given("sa_column").and_then(|it| as_call(db, it)) {
        return column_of_call(db, attribute.name, column.0, None);
    }
    let place =
        call.or(annotation).unwrap_or_else(|| class.place(db, relmodel_facts::ExprId(relmodel_facts::Nth::NOWHERE)));
    let mut res = empty_column(attribute.name, place);
    if let Some(annotation) = annotation {
        let inner = mapped_argument(db, annotation).unwrap_or(annotation);
        read_annotation(db, inner, &mut res);
        // These are types of `SQLModel`'s own, which have changed their names between releases.
        res.type_ = res.type_.filter(|it| !matches!(it.as_str(), "String" | "DateTime"));
    }
    for name in ["primary_key", "nullable"] {
        if let Some(value) = given(name) {
            read_call_argument(db, Name::from(name), value, &mut res);
        }
    }
    if given("sa_type").is_some() || given("max_length").is_some() {
        res.type_ = None;
    }
    if let Some(target) = given("foreign_key") {
        res.foreign_keys.push(ForeignKey { place: target, spec: spec_of(db, target), constraint: target });
    }
    add_column_arguments(db, given("sa_column_args"), given("sa_column_kwargs"), &mut res);
    let has_splat = |it: Place| match it.expr(db) {
        Expr::Call { arguments, .. } => {
            arguments.iter().any(|it| matches!(it, Argument::KeywordSplat(_) | Argument::Splat(_)))
        }
        _ => false,
    };
    // A function of the project's own may return a field with anything in it.
    let is_made_elsewhere = attribute.kind == AttributeKind::Unknown
        && attribute.value.is_some_and(|it| matches!(class.place(db, it).expr(db), Expr::Call { .. }));
    if is_made_elsewhere || call.is_some_and(has_splat) {
        res.is_open = true;
        res.primary_key = res.primary_key.filter(|it| *it);
        res.nullable = None;
    }
    if res.primary_key == Some(true) {
        res.nullable = Some(false);
    }
    res
}

/// `sa_column_args=[ForeignKey(...)]` and `sa_column_kwargs={"name": ...}` are handed on to `Column`.
fn add_column_arguments(db: &dyn Db, positional: Option<Place>, keywords: Option<Place>, column: &mut Column) {
    if let Some(list) = positional {
        match list.expr(db) {
            Expr::List(elements) | Expr::Tuple(elements) => {
                elements.iter().for_each(|it| read_positional(db, list.with(*it), false, column));
            }
            _ => column.is_open = true,
        }
    }
    if let Some(dict) = keywords {
        match entries(db, dict) {
            Some(pairs) => pairs.into_iter().for_each(|(name, value)| read_call_argument(db, name, value, column)),
            None => column.is_open = true,
        }
    }
}
