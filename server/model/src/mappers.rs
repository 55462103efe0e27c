//! Mapped classes: which table, which parent mapper, and which attributes they have.

use relmodel_facts::{Expr, Name};

use crate::arguments::{Given, arguments_of};
use crate::attribute::{AttributeKind, class_attributes, literal_in_body, own_attribute};
use crate::changed::may_be_changed;
use crate::class::{body_value, class_info, library_bases};
use crate::column::table_of_value;
use crate::constant::{renamed_value, string_value};
use crate::db::{ClassId, Db, MetadataId, Place, RegistryId, SourceFile, TableId};
use crate::flask;
use crate::function::set_in_method;
use crate::imperative::{imperative, mapped_by};
use crate::late::late_attributes;
use crate::mapper_arguments::arguments_of_mapper;
use crate::member::{MemberKind, member_of};
use crate::metadata::{metadata_of_class, metadata_of_registry};
use crate::sqlmodel;
use crate::value::{as_call, called};

/// A class that has a mapper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mapped {
    /// The registry that knows it by name.
    pub registry: RegistryId,
    /// The metadata that its table belongs to.
    pub metadata: MetadataId,
    /// Its own table, or the parent's for single-table inheritance.
    pub table: Option<TableId>,
    /// How it came to that table.
    pub mapping: Mapping,
    /// The nearest mapped class that it inherits from.
    pub inherits: Option<ClassId>,
}

/// How a mapped class comes to its table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mapping {
    /// By `__tablename__`, and where that stands; nowhere for a name that is made of the class's own.
    Tablename(String, Option<Place>),
    /// By `__table__`.
    Table,
    /// It shares the table of the class it inherits from.
    Inherited,
    /// It has none: SQLAlchemy refuses it.
    Missing,
    /// Cannot be told.
    Unknown,
}

/// How a mapped class relates to the one it inherits from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Inheritance {
    /// It does not inherit from a mapped class.
    None,
    /// It has a table of its own, joined to the parent's.
    Joined,
    /// It shares the parent's table.
    Single,
    /// It has a table of its own that stands alone.
    Concrete,
}

/// The mapper of a class; `None` for classes that are not mapped.
#[salsa::tracked(returns(ref), cycle_result = mapped_cycle)]
pub fn mapped(db: &dyn Db, class: ClassId) -> Option<Mapped> {
    if let Some(found) = imperative(db, class) {
        return Some(mapped_by(db, class, found));
    }
    let info = class_info(db, class);
    let registry = info.registry?;
    let is_for_types = class.read(db, |_, source| source.is_for_types) == Some(true);
    let is_base = info.is_abstract || info.is_declarative_base || is_for_types;
    if is_base || (info.is_sqlmodel() && !sqlmodel::is_table(db, class)) {
        return None;
    }
    let inherits = info.mro[1..].iter().copied().find(|it| mapped(db, *it).is_some());
    let mut res = Mapped {
        registry,
        metadata: metadata_of(db, class, registry),
        table: None,
        mapping: Mapping::Unknown,
        inherits,
    };
    (res.mapping, res.table) = mapping_of(db, class, inherits);
    Some(res)
}

/// The metadata of a declarative class: its own, that of its bind, or what it inherits.
fn metadata_of(db: &dyn Db, class: ClassId, registry: RegistryId) -> MetadataId {
    let has_own = body_value(db, class, Name::from("metadata")).is_some();
    let bound = if has_own { None } else { flask::metadata_of_bound_class(db, class) };
    bound.or_else(|| metadata_of_class(db, class)).unwrap_or_else(|| metadata_of_registry(db, registry))
}

fn mapped_cycle(_: &dyn Db, _: salsa::Id, _: ClassId) -> Option<Mapped> {
    None
}

fn mapping_of(db: &dyn Db, class: ClassId, inherits: Option<ClassId>) -> (Mapping, Option<TableId>) {
    let table = Name::from("__table__");
    // A bare annotation `__table__: Table` only tells type checkers of the attribute.
    if let Some(value) = own_attribute(db, class, table).and_then(|it| it.value_place(db, class, class)) {
        return (Mapping::Table, table_of_value(db, value));
    }
    let inherited = || inherits.map(|it| (Mapping::Inherited, mapped(db, it).as_ref().and_then(|it| it.table)));
    let is_flask = class_info(db, class).flask().is_some_and(|it| it.is_named);
    if is_flask && inherits.is_some() {
        match has_primary_key(db, class, inherits) {
            Some(true) => {}
            // Flask-SQLAlchemy takes a model without a key of its own for a part of its parent's table.
            Some(false) => return inherited().unwrap_or((Mapping::Unknown, None)),
            None => return (Mapping::Unknown, None),
        }
    }
    match renamed(db, class, tablename(db, class)) {
        Tablename::Known(name, place) => (Mapping::Tablename(name, Some(place)), Some(TableId::of_class(db, class))),
        Tablename::Unknown => (Mapping::Unknown, None),
        Tablename::None => {
            let name = class.name(db);
            let generated = if is_flask {
                Some(flask::generated_name(name.as_str()))
            } else {
                class_info(db, class).is_sqlmodel().then(|| name.to_lowercase())
            };
            match (generated, inherited()) {
                (Some(name), _) => (Mapping::Tablename(name, None), Some(TableId::of_class(db, class))),
                (None, Some(inherited)) => inherited,
                (None, None) if may_be_changed(db, class) => (Mapping::Unknown, None),
                (None, None) => (Mapping::Missing, None),
            }
        }
    }
}

/// The `__tablename__` that counts for a class.
enum Tablename {
    Known(String, Place),
    None,
    Unknown,
}

/// What `cls.__tablename__ = ...` in an inherited `__init_subclass__` makes of the name that stands in the class.
fn renamed(db: &dyn Db, class: ClassId, written: Tablename) -> Tablename {
    let hook = Name::from("__init_subclass__");
    let bases = class_info(db, class).mro[1..].iter();
    let hooks = bases.filter_map(|it| Some((*it, own_attribute(db, *it, hook)?.function?)));
    let mut set = hooks.filter_map(|(base, function)| {
        let (value, is_certain) = set_in_method(db, base, function, Name::from("__tablename__"))?;
        Some((base.method_place(db, function, Some(class), value), is_certain))
    });
    let Some((value, is_certain)) = set.next() else { return written };
    let (name, place) = match &written {
        Tablename::Known(name, place) => (Some(name.as_str()), *place),
        Tablename::None => (None, value),
        Tablename::Unknown => return Tablename::Unknown,
    };
    let name = renamed_value(db, value, class, name).filter(|_| is_certain);
    name.map_or(Tablename::Unknown, |it| Tablename::Known(it, place))
}

fn tablename(db: &dyn Db, class: ClassId) -> Tablename {
    for &base in &class_info(db, class).mro {
        let key = Name::from("__tablename__");
        if let Some((name, place)) = literal_in_body(db, base, key)
            && (base == class || mapped(db, base).is_none())
        {
            return Tablename::Known(name, place);
        }
        let Some(attribute) = own_attribute(db, base, key) else { continue };
        // A plain `__tablename__` of a mapped parent is that parent's; a `declared_attr` is asked again.
        if base != class && !attribute.is_declared_attr && mapped(db, base).is_some() {
            continue;
        }
        // A bare annotation declares no name.
        let Some(place) = attribute.value_place(db, base, class) else {
            if attribute.kind == AttributeKind::Plain && attribute.annotation.is_some() {
                continue;
            }
            return Tablename::Unknown;
        };
        if place.expr(db) == Expr::None {
            return Tablename::None;
        }
        // A method is no name.
        if attribute.function.is_some() && !attribute.is_declared_attr {
            return Tablename::Unknown;
        }
        return string_value(db, place).map_or(Tablename::Unknown, |it| Tablename::Known(it, place));
    }
    Tablename::None
}

/// Whether a class brings a primary key of its own, besides those of the class it inherits from.
fn has_primary_key(db: &dyn Db, class: ClassId, inherits: Option<ClassId>) -> Option<bool> {
    let inherited: &[ClassId] = inherits.map_or(&[], |it| &class_info(db, it).mro);
    let mut res = Some(false);
    for &base in class_info(db, class).mro.iter().filter(|it| !inherited.contains(it)) {
        for attribute in class_attributes(db, base) {
            let key = match member_of(db, class, base, attribute).kind {
                MemberKind::Column(column) => column.primary_key,
                MemberKind::Unknown => None,
                _ => Some(false),
            };
            match key {
                Some(true) => return key,
                Some(false) => {}
                None => res = None,
            }
        }
        if body_value(db, base, Name::from("__table_args__")).is_some_and(|it| mentions_key(db, base.place(db, it))) {
            return Some(true);
        }
    }
    res
}

/// Whether `__table_args__` holds a `PrimaryKeyConstraint`.
fn mentions_key(db: &dyn Db, place: Place) -> bool {
    let Expr::Tuple(elements) = place.expr(db) else { return false };
    elements.iter().any(|it| {
        let called = as_call(db, place.with(*it)).and_then(|(call, function)| called(db, call, function));
        called.is_some_and(|it| it == "PrimaryKeyConstraint")
    })
}

/// Whether a file sets `__allow_unmapped__` on something, such as a base that a call has made.
#[salsa::tracked(returns(copy))]
fn sets_allow_unmapped(db: &dyn Db, file: SourceFile) -> bool {
    let is_it = |it: &Expr| matches!(it, Expr::Attribute { name, .. } if *name == "__allow_unmapped__");
    file.facts(db).items().iter().any(|(_, item)| item.exprs.iter().any(is_it))
}

/// Whether a class says `__allow_unmapped__`, so that annotations without `Mapped[...]` pass; `None` if that cannot be
/// told.
pub fn allows_unmapped(db: &dyn Db, class: ClassId) -> Option<bool> {
    let info = class_info(db, class);
    let key = Name::from("__allow_unmapped__");
    let (file, is_known) = match info.registry? {
        RegistryId::Class(base) => (base.file(db), true),
        RegistryId::Call(call) => {
            let is_known = arguments_of(db, call).iter().all(|it| match it {
                Given::Unknown => false,
                Given::Keyword(name, ..) => !matches!(name.as_str(), "cls" | "metaclass" | "model_class"),
                Given::Positional(_) => true,
            });
            (call.item.file(db), is_known)
        }
        RegistryId::Library(_) | RegistryId::Open(_) => return None,
    };
    if info.is_open || !is_known || sets_allow_unmapped(db, file) {
        return None;
    }
    let says = |it: &ClassId| {
        let is_late = late_attributes(db, *it).iter().any(|it| it.name == key);
        own_attribute(db, *it, key).is_some() || is_late
    };
    // A mapped dataclass allows it too.
    let is_dataclass = library_bases(db, class).iter().any(|it| it.ends_with(".MappedAsDataclass"));
    Some(info.mro.iter().any(says) || is_dataclass)
}

/// A mapped class and the mapped classes it inherits from, nearest first.
pub fn lineage(db: &dyn Db, class: ClassId) -> Vec<ClassId> {
    let mut res = vec![class];
    let mut current = class;
    while let Some(parent) = mapped(db, current).as_ref().and_then(|it| it.inherits) {
        if res.contains(&parent) {
            break;
        }
        res.push(parent);
        current = parent;
    }
    res
}

/// How a mapped class relates to its mapped parent.
pub fn inheritance(db: &dyn Db, class: ClassId) -> Inheritance {
    let Some(mapped) = mapped(db, class) else { return Inheritance::None };
    match mapped.mapping {
        _ if mapped.inherits.is_none() => Inheritance::None,
        Mapping::Inherited => Inheritance::Single,
        _ if is_concrete(db, class) => Inheritance::Concrete,
        _ => Inheritance::Joined,
    }
}

/// `concrete=True` among the mapper's arguments.
fn is_concrete(db: &dyn Db, class: ClassId) -> bool {
    arguments_of_mapper(db, class).get("concrete").is_some_and(|it| it.expr(db) == Expr::True)
}

/// The tables whose rows a mapped class is made of: its own, then those of the classes it joins
/// (`Mapper.persist_selectable`). `None` where one cannot be told.
pub fn selectable(db: &dyn Db, class: ClassId) -> Option<Vec<TableId>> {
    let mut res = Vec::new();
    for class in lineage(db, class) {
        let table = mapped(db, class).as_ref()?.table?;
        if !res.contains(&table) {
            res.push(table);
        }
        if inheritance(db, class) == Inheritance::Concrete {
            break;
        }
    }
    Some(res)
}
