//! Imperative mapping: `registry.map_imperatively(Class, table, properties={...})`, and `mapper(...)` of 1.4.
//!
//! Owns which call maps which class. What such a call gives to the class is read in `mappers.rs` with the arguments of
//! mappers of all kinds.

use relmodel_facts::{Expr, ExprId, Item, Name, Stmt};
use rustc_hash::FxHashMap;

use crate::class::{keyword_of_call, registry_of_value};
use crate::column::table_of_value;
use crate::db::{ClassId, Db, ItemId, MetadataId, Place, RegistryId, SourceFile, Workspace};
use crate::library::sqlalchemy_name;
use crate::mappers::{Mapped, Mapping, mapped};
use crate::metadata::metadata_of_table;
use crate::tables::positional;
use crate::value::{Value, evaluate};

/// How many names are followed from one to the next.
const MAX_NAMES: u32 = 4;

/// A call that maps a class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Imperative {
    pub(crate) call: Place,
    registry: RegistryId,
}

/// The call that maps a class imperatively.
pub(crate) fn imperative(db: &dyn Db, class: ClassId) -> Option<Imperative> {
    if maps_imperatively(db) { imperative_of(db, class) } else { None }
}

/// Whether a class is mapped by a call, which looks at none of its attributes.
pub fn is_imperative(db: &dyn Db, class: ClassId) -> bool {
    imperative(db, class).is_some()
}

/// The call that maps a class.
pub fn mapping_call_of(db: &dyn Db, class: ClassId) -> Option<Place> {
    imperative(db, class).map(|it| it.call)
}

/// What an imperative call makes of a class.
pub(crate) fn mapped_by(db: &dyn Db, class: ClassId, found: Imperative) -> Mapped {
    let call = found.call;
    let inherits = keyword_of_call(db, call, "inherits")
        .and_then(|it| class_or_mapper(db, call.with(it)))
        .filter(|it| *it != class);
    let second = positional(db, call).get(1).copied().or_else(|| keyword_of_call(db, call, "local_table"));
    let given = second.map(|it| call.with(it)).filter(|it| it.expr(db) != Expr::None);
    let parent = inherits.and_then(|it| mapped(db, it).as_ref());
    let (mapping, table) = match (given, parent) {
        (Some(place), _) => (Mapping::Table, table_of_value(db, place)),
        (None, Some(parent)) => (Mapping::Inherited, parent.table),
        (None, None) => (Mapping::Unknown, None),
    };
    let metadata = table.map_or(MetadataId::Unknown, |it| metadata_of_table(db, it));
    Mapped { registry: found.registry, metadata, table, mapping, inherits }
}

/// The class that an expression names, itself or by the mapper that the call mapping it returned.
pub(crate) fn class_or_mapper(db: &dyn Db, place: Place) -> Option<ClassId> {
    match evaluate(db, place) {
        Value::Class(class) => Some(class),
        Value::Expr(call) => mapping_call(db, call).map(|it| it.0),
        Value::Missing => mapping_call(db, local_value(db, place)?).map(|it| it.0),
        _ => None,
    }
}

/// What a function of the same statement assigns to a name.
fn local_value(db: &dyn Db, place: Place) -> Option<Place> {
    let Expr::Name(name) = place.expr(db) else { return None };
    let value = place.read(db, |item, _| {
        let statements = item.functions.iter().flat_map(|it| &it.body);
        let mut values = statements.filter_map(|it| match it {
            Stmt::Assign(assign) => match item.expr(assign.target) {
                Expr::Name(target) if *target == name => assign.value,
                _ => None,
            },
            _ => None,
        });
        values.next()
    })?;
    Some(place.with(value))
}

/// The class that a call maps, and how, if it is one that does.
fn mapping_call(db: &dyn Db, call: Place) -> Option<(ClassId, Imperative)> {
    let Expr::Call { function, .. } = call.expr(db) else { return None };
    let registry = registry_of_function(db, call.with(function), MAX_NAMES)?;
    let class = positional(db, call).first().copied().or_else(|| keyword_of_call(db, call, "class_"))?;
    match evaluate(db, call.with(class)) {
        Value::Class(class) => Some((class, Imperative { call, registry })),
        _ => None,
    }
}

fn registry_of_function(db: &dyn Db, function: Place, steps: u32) -> Option<RegistryId> {
    let steps = steps.checked_sub(1)?;
    if let Expr::Attribute { object, name } = function.expr(db)
        && name == "map_imperatively"
    {
        return registry_of_value(db, function.with(object));
    }
    match evaluate(db, function) {
        Value::Library(name) if sqlalchemy_name(name).is_some_and(|it| it == "mapper") => Some(classical_registry()),
        // `mapper = mapper_registry.map_imperatively`
        Value::Expr(bound) if bound != function => registry_of_function(db, bound, steps),
        _ => None,
    }
}

/// The registry of what `mapper(...)` maps. It knows no class by its name.
pub(crate) fn classical_registry() -> RegistryId {
    RegistryId::Library(Name::from("sqlalchemy.orm.mapper"))
}

/// The classes that the calls of a file map, in source order.
#[salsa::tracked(returns(ref))]
pub(crate) fn file_imperatives(db: &dyn Db, file: SourceFile) -> Vec<(ClassId, Imperative)> {
    let mut res = Vec::new();
    for (key, item) in file.facts(db).items() {
        let id = ItemId::new(db, file, *key);
        for expr in mapping_calls(item) {
            res.extend(mapping_call(db, Place::new(id, expr)));
        }
    }
    res
}

/// The classes that the calls of a file map, in source order.
pub fn imperatively_mapped(db: &dyn Db, file: SourceFile) -> impl Iterator<Item = ClassId> + '_ {
    file_imperatives(db, file).iter().map(|it| it.0)
}

fn collect_values(statements: &[Stmt], out: &mut Vec<ExprId>) {
    for statement in statements {
        match statement {
            Stmt::Expression(value) => out.push(*value),
            Stmt::Assign(assign) => out.extend(assign.value),
            Stmt::Block(block) => collect_values(&block.body, out),
            _ => {}
        }
    }
}

/// The calls that may map a class, told by their names: they stand as statements of their own or are assigned, in
/// functions too.
pub(crate) fn mapping_calls(item: &Item) -> Vec<ExprId> {
    let mut res = Vec::new();
    collect_values(&item.statements, &mut res);
    item.functions.iter().for_each(|it| collect_values(&it.body, &mut res));
    let is_candidate = |it: &ExprId| match item.expr(*it) {
        Expr::Call { function, .. } => match item.expr(*function) {
            Expr::Name(name) | Expr::Attribute { name, .. } => name.contains("map"),
            _ => false,
        },
        _ => false,
    };
    res.retain(is_candidate);
    res
}

#[salsa::tracked(returns(ref))]
fn all_imperatives(db: &dyn Db) -> FxHashMap<ClassId, Imperative> {
    let Some(workspace) = Workspace::try_get(db) else { return FxHashMap::default() };
    workspace.rare(db).map_imperatively.iter().flat_map(|it| file_imperatives(db, *it).iter().copied()).collect()
}

#[salsa::tracked(returns(copy))]
fn maps_imperatively(db: &dyn Db) -> bool {
    !all_imperatives(db).is_empty()
}

#[salsa::tracked(returns(copy))]
fn imperative_of(db: &dyn Db, class: ClassId) -> Option<Imperative> {
    all_imperatives(db).get(&class).copied()
}

/// Whether some call maps a class that cannot be told, such as one of a list.
pub fn maps_unknown_classes(db: &dyn Db) -> bool {
    let Some(workspace) = Workspace::try_get(db) else { return false };
    workspace.rare(db).map_imperatively.iter().any(|it| has_unknown_mapping(db, *it))
}

#[salsa::tracked(returns(copy))]
fn has_unknown_mapping(db: &dyn Db, file: SourceFile) -> bool {
    file.facts(db).items().iter().any(|(key, item)| {
        let calls = mapping_calls(item).into_iter().map(|it| Place::new(ItemId::new(db, file, *key), it));
        calls.into_iter().any(|call| {
            let Expr::Call { function, .. } = call.expr(db) else { return false };
            let is_mapping = registry_of_function(db, call.with(function), MAX_NAMES).is_some();
            is_mapping && mapping_call(db, call).is_none()
        })
    })
}
