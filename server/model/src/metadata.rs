//! Which `MetaData` a table, a class or a registry belongs to, and the schema that it gives to its tables.

use relmodel_facts::{Expr, ExprId, Item, Name, Nth, Stmt};

use crate::arguments::{Given, arguments_of};
use crate::attribute::own_attribute;
use crate::class::{class_info, keyword_of_call, registry_of_value};
use crate::constant::string_value;
use crate::db::{ClassId, Db, ItemId, MetadataId, Place, RegistryId, SourceFile, TableId, TableSource};
use crate::default_schema::Schema;
use crate::library::sqlalchemy_name;
use crate::mappers::mapped;
use crate::tables::positional;
use crate::value::{Value, as_call, called, evaluate, library_call};
use crate::{flask, sqlmodel};

/// The metadata of a table, without reading the rest of it.
pub(crate) fn metadata_of_table(db: &dyn Db, id: TableId) -> MetadataId {
    match id.source(db) {
        TableSource::Class(class) => mapped(db, class).as_ref().map_or(MetadataId::Unknown, |it| it.metadata),
        TableSource::Call(call) => metadata_of_table_call(db, call).0,
    }
}

/// How many positional arguments of a `Table(...)` stand before its items.
pub(crate) fn n_before_items(db: &dyn Db, call: Place) -> usize {
    metadata_of_table_call(db, call).1
}

/// The metadata that a `Table(...)` is given, and how many positional arguments stand before its items. That of
/// `db.Table(...)` is known without being given.
pub(crate) fn metadata_of_table_call(db: &dyn Db, call: Place) -> (MetadataId, usize) {
    let second = positional(db, call).get(1).map(|it| call.with(*it));
    let given = second.or_else(|| keyword_of_call(db, call, "metadata").map(|it| call.with(it)));
    let metadata = given.map_or(MetadataId::Unknown, |it| metadata_of_value(db, it));
    let Expr::Call { function, .. } = call.expr(db) else { return (metadata, 2) };
    match evaluate(db, call.with(function)) {
        Value::Extension(extension, _) if metadata == MetadataId::Unknown => {
            let key = keyword_of_call(db, call, "bind_key").map(|it| call.with(it));
            (flask::metadata_of_bind(db, extension, key), 1)
        }
        // The metadata is still to be typed.
        _ if second.is_some_and(|it| library_call(db, it).is_some_and(|it| it.1 == "Column")) => (metadata, 1),
        _ => (metadata, 2),
    }
}

/// The metadata that an expression is bound to: `metadata`, `Base.metadata`, `mapper_registry.metadata`.
pub(crate) fn metadata_of_value(db: &dyn Db, place: Place) -> MetadataId {
    if let Expr::Attribute { object, name } = place.expr(db)
        && name == "metadata"
    {
        let object = place.with(object);
        if let Value::Class(class) = evaluate(db, object) {
            let registry = class_info(db, class).registry.map(|it| metadata_of_registry(db, it));
            return metadata_of_class(db, class).or(registry).unwrap_or(MetadataId::Unknown);
        }
        if let Some(registry) = registry_of_value(db, object) {
            return metadata_of_registry(db, registry);
        }
        if let Value::Library(base) = evaluate(db, object)
            && let Some(registry) = library_registry(base)
        {
            return MetadataId::Registry(registry);
        }
    }
    match evaluate(db, place) {
        Value::Extension(call, name) if name == "metadata" => flask::metadata_of_extension(db, call),
        Value::Expr(value) => match as_call(db, value) {
            Some((call, function)) if called(db, call, function).is_some_and(|it| it == "MetaData") => {
                MetadataId::Call(call)
            }
            _ if value != place => metadata_of_value(db, value),
            _ => MetadataId::Unknown,
        },
        Value::Attribute(class, name) if name == "metadata" => {
            let registry = || class_info(db, class).registry.map(|it| metadata_of_registry(db, it));
            metadata_of_class(db, class).or_else(registry).unwrap_or(MetadataId::Unknown)
        }
        _ => MetadataId::Unknown,
    }
}

/// `metadata = MetaData(...)` in a class or in what it inherits from.
pub(crate) fn metadata_of_class(db: &dyn Db, class: ClassId) -> Option<MetadataId> {
    class_info(db, class).mro.iter().find_map(|base| {
        let value = own_attribute(db, *base, Name::from("metadata"))?.value?;
        let place = base.header(db, value);
        Some(metadata_of_value(db, place)).filter(|it| *it != MetadataId::Unknown || is_call(db, place))
    })
}

/// The registry of a base that is known by its name alone.
fn library_registry(base: Name) -> Option<RegistryId> {
    if flask::is_appbuilder_model(base) {
        return Some(flask::appbuilder_registry());
    }
    sqlalchemy_name(base).is_some_and(|it| it == "SQLModel").then(sqlmodel::default_registry)
}

pub(crate) fn is_call(db: &dyn Db, place: Place) -> bool {
    matches!(place.expr(db), Expr::Call { .. } | Expr::Name(_) | Expr::Attribute { .. })
}

/// The metadata of a registry: its own, or the one it was given as `metadata=`.
pub(crate) fn metadata_of_registry(db: &dyn Db, registry: RegistryId) -> MetadataId {
    let RegistryId::Call(call) = registry else { return MetadataId::Registry(registry) };
    let assigned = assigned_metadata(db, call.item.file(db)).iter();
    let mut own = assigned.filter(|it| registry_of_value(db, it.0).is_none_or(|it| it == registry));
    match (own.next(), own.next()) {
        (None, _) => {}
        (Some((object, value)), None) if registry_of_value(db, *object).is_some() => return metadata_call(db, *value),
        _ => return MetadataId::Unknown,
    }
    match keyword_of_call(db, call, "metadata") {
        Some(value) if call.with(value).expr(db) != Expr::None => metadata_of_value(db, call.with(value)),
        None if arguments_of(db, call).contains(&Given::Unknown) => MetadataId::Unknown,
        _ => MetadataId::Registry(registry),
    }
}

/// The `MetaData()` call that an expression is, at most behind a name of a class body.
pub(crate) fn metadata_call(db: &dyn Db, place: Place) -> MetadataId {
    let place = match evaluate(db, place) {
        Value::Attribute(class, name) => crate::class::body_value(db, class, name).map(|it| class.header(db, it)),
        _ => Some(place),
    };
    let call = place.and_then(|it| as_call(db, it));
    let is_metadata = |(call, function)| called(db, call, function).is_some_and(|it| it == "MetaData");
    call.filter(|it| is_metadata(*it)).map_or(MetadataId::Unknown, |it| MetadataId::Call(it.0))
}

/// Where a file replaces the metadata of some object, and by what: `mapper_registry.metadata = metadata`.
#[salsa::tracked(returns(ref))]
fn assigned_metadata(db: &dyn Db, file: SourceFile) -> Vec<(Place, Place)> {
    let mut res = Vec::new();
    for (key, item) in file.facts(db).items() {
        let top = Place::new(ItemId::new(db, file, *key), ExprId::new(0));
        add_assigned_metadata(item, &item.statements, top, &mut res);
        for (index, class) in item.classes.iter().enumerate() {
            add_assigned_metadata(item, &class.body, Place { class: Some(Nth::new(index)), ..top }, &mut res);
        }
    }
    res
}

fn add_assigned_metadata(item: &Item, statements: &[Stmt], at: Place, out: &mut Vec<(Place, Place)>) {
    for statement in statements {
        if let Stmt::Assign(assign) = statement
            && let (Expr::Attribute { object, name }, Some(value)) = (item.expr(assign.target), assign.value)
            && *name == "metadata"
        {
            out.push((at.with(*object), at.with(value)));
        }
    }
}

/// The schema that a `MetaData(schema=...)` gives to tables that name none. One that only runs tell is the same for
/// all of them and for the foreign keys to them, so it is left out of all their keys.
pub fn metadata_schema(db: &dyn Db, metadata: MetadataId) -> Option<String> {
    let MetadataId::Call(call) = metadata else { return None };
    keyword_of_call(db, call, "schema").and_then(|it| read_schema(db, call.with(it))).flatten()
}

/// The schema that a `MetaData(...)` is told.
fn read_schema(db: &dyn Db, place: Place) -> Schema {
    match place.expr(db) {
        Expr::None => Some(None),
        _ => string_value(db, place).map(Some),
    }
}

/// Whether the schema of a metadata is told by a run only.
pub(crate) fn has_unknown_schema(db: &dyn Db, metadata: MetadataId) -> bool {
    let MetadataId::Call(call) = metadata else { return false };
    keyword_of_call(db, call, "schema").is_some_and(|it| read_schema(db, call.with(it)).is_none())
}
