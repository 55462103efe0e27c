//! Relationships: what each refers to, how it joins, and in which direction (`RelationshipProperty.do_init`).

use relmodel_facts::{Expr, Name};

use crate::column::table_of_value;
use crate::constant::string_value;
use crate::db::{ClassId, Db, Place, RegistryId, RelationshipId, SourceFile, SqlAlchemy, TableId, Workspace};
use crate::declarations::{Declaration, declaration, written_relationships};
use crate::default_schema::tables_of_string;
use crate::imperative::class_or_mapper;
use crate::index::{classes_seen, has_schema, may_be_made};
use crate::join::{Direction, Joined, join};
use crate::links::backrefs_on;
use crate::mappers::mapped;
use crate::names_at::unbound_at;
use crate::namespace::is_offered;
use crate::secondary::{Secondary, secondary};
use crate::strings::{are_together, missing_in_module};
use crate::value::{Value, class_of_value, evaluate, resolve_name};

/// A relationship, resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relationship {
    /// The class it refers to.
    pub target: Target,
    /// Its association table.
    pub secondary: Secondary,
    /// How its two sides are joined.
    pub join: Joined,
    /// Whether it holds a collection; `None` if that cannot be told.
    pub uselist: Option<bool>,
    /// Whether it says `viewonly=True`; `None` if that cannot be told.
    pub viewonly: Option<bool>,
}

/// The class that a relationship refers to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A mapped class.
    Class(ClassId),
    /// A class that is not mapped.
    Unmapped(ClassId),
    /// A name that the registry does not know.
    Missing {
        /// The name, or the part of a dotted one that is not found.
        name: String,
        /// The string or name that says it.
        place: Place,
    },
    /// A module of mapped classes has none of this name.
    NotInModule {
        /// The module's name, as SQLAlchemy tells it: without the packages around it.
        module: Name,
        /// The name that it does not have.
        name: Name,
        /// The string or name that says it.
        place: Place,
    },
    /// Several classes of this name are registered.
    Several {
        /// The classes.
        classes: Vec<ClassId>,
        /// The string or name that says it.
        place: Place,
        /// Whether they surely belong to one program.
        is_certain: bool,
    },
    /// A path that begins with a table's name, which hides the module of that name: tables have no classes.
    InTable {
        /// The table.
        table: TableId,
        /// The string or name that says it.
        place: Place,
    },
    /// A path that begins with the name of a schema of tables, which hides the module of that name.
    InSchema {
        /// The schema.
        schema: Name,
        /// The string or name that says it.
        place: Place,
    },
    /// A name that means something of SQLAlchemy's own, and the string that says it.
    SqlAlchemy(Name, Place),
    /// A type of Python's, and the annotation that names it.
    Python(Name, Place),
    /// A generic type in a string, which is not read: `"List[Child]"`.
    Generic {
        /// What is looked up.
        name: String,
        /// The string that says it.
        place: Place,
    },
    /// A table's name, where a class is asked for.
    Table(TableId),
    /// Cannot be told.
    Unknown,
}

impl Relationship {
    /// The class it refers to, if that is known and mapped.
    pub fn target_class(&self) -> Option<ClassId> {
        match self.target {
            Target::Class(class) => Some(class),
            _ => None,
        }
    }

    /// Its direction, if that is known.
    pub fn direction(&self) -> Option<Direction> {
        match &self.join {
            Joined::Join(join) => Some(join.direction),
            _ => None,
        }
    }
}

/// The relationships of a mapped class: those written for it, then those that backrefs make on it. Those of a mapped
/// parent are not repeated.
pub fn relationships_of(db: &dyn Db, class: ClassId) -> Vec<RelationshipId> {
    let written = written_relationships(db, class);
    let made = backrefs_on(db, class).iter().map(|it| it.id);
    written.chain(made).collect()
}

/// Resolves a relationship; `None` when an edit has removed it.
#[salsa::tracked(returns(ref))]
pub fn relationship(db: &dyn Db, id: RelationshipId) -> Option<Relationship> {
    if let Some((class, key)) = id.backref_of(db) {
        return made_by_backref(db, id, RelationshipId::new(db, class, key, None));
    }
    let declaration = declaration(db, id).as_ref()?;
    let parent = id.parent(db);
    let target = target(db, parent, declaration);
    let secondary = secondary(db, parent, declaration);
    let joined = match &target {
        Target::Class(target) => join(db, parent, *target, &secondary, declaration),
        _ => Joined::Unknown,
    };
    let viewonly = viewonly(db, declaration);
    let mut res = Relationship { target, secondary, join: joined, uselist: None, viewonly };
    res.uselist = uselist(db, declaration, res.direction());
    Some(res)
}

/// Whether a relationship says `viewonly=True`; `None` if that cannot be told.
pub(crate) fn viewonly(db: &dyn Db, declaration: &Declaration) -> Option<bool> {
    match declaration.value("viewonly") {
        Some(_) => declaration.truth(db, "viewonly"),
        None => Some(false),
    }
}

/// The relationship that a `backref` makes on the target (`RelationshipProperty._generate_backref`).
fn made_by_backref(db: &dyn Db, id: RelationshipId, source: RelationshipId) -> Option<Relationship> {
    let of = relationship(db, source).as_ref()?;
    let own = declaration(db, id).as_ref();
    let is_custom = own.is_some_and(|it| {
        ["primaryjoin", "secondaryjoin", "foreign_keys", "remote_side"].iter().any(|name| it.value(name).is_some())
    });
    let join = match (&of.join, own) {
        (_, Some(own)) if is_custom => {
            let (parent, target) = (id.parent(db), source.parent(db));
            join(db, parent, target, &of.secondary, own)
        }
        (Joined::Join(join), _) => Joined::Join(join.reversed()),
        _ => Joined::Unknown,
    };
    let mut res = Relationship {
        target: Target::Class(source.parent(db)),
        secondary: of.secondary.clone(),
        join,
        uselist: None,
        viewonly: own.filter(|it| it.value("viewonly").is_some()).map_or(of.viewonly, |it| it.truth(db, "viewonly")),
    };
    let default = res.direction().map(|it| it != Direction::ManyToOne);
    res.uselist = match own {
        Some(own) if own.value("uselist").is_some() => own.truth(db, "uselist").or(default),
        Some(own) if own.is_open => None,
        _ => default,
    };
    Some(res)
}

/// `uselist` as given, else as the annotation says, else by direction.
fn uselist(db: &dyn Db, declaration: &Declaration, direction: Option<Direction>) -> Option<bool> {
    // Release 1.4 does not look at annotations.
    let reads_annotations = Workspace::try_get(db).is_none_or(|it| it.sqlalchemy(db) != SqlAlchemy::V1_4);
    if let Some(annotation) = declaration.annotation.filter(|_| reads_annotations)
        && !declaration.is_dynamic
        && let Some(false) = is_collection(db, annotation)
        && !declaration.has(db, "collection_class")
    {
        return Some(false);
    }
    match declaration.value("uselist") {
        Some(value) if value.expr(db) != Expr::None => declaration.truth(db, "uselist"),
        _ if declaration.is_open => None,
        _ => direction.map(|it| it != Direction::ManyToOne),
    }
}

/// Whether the annotation of a relationship says that it holds a collection; `None` where there is none or it cannot be told.
pub fn annotates_collection(db: &dyn Db, declaration: &Declaration) -> Option<bool> {
    if declaration.is_dynamic { Some(true) } else { is_collection(db, declaration.annotation?) }
}

/// Whether an annotation's content is a collection: `List["Child"]` is, `Optional["Child"]` is not.
fn is_collection(db: &dyn Db, place: Place) -> Option<bool> {
    match place.expr(db) {
        Expr::Subscript { value, indices } => {
            let name = generic_name(db, place.with(value))?;
            match name.as_str() {
                "Optional" => is_collection(db, place.with(*indices.first()?)),
                "List" | "list" | "Set" | "set" | "Dict" | "dict" | "Sequence" | "MutableSequence" | "MutableSet"
                | "Collection" | "Iterable" | "AbstractSet" | "FrozenSet" | "MutableMapping" | "Mapping"
                | "KeyFuncDict" | "MappedCollection" | "Tuple" | "tuple" | "deque" | "OrderingList" => Some(true),
                _ => None,
            }
        }
        Expr::String(text) => is_collection(db, place.with(text.code?)),
        Expr::Name(_) | Expr::Attribute { .. } => Some(false),
        Expr::Operation(operation) => operation
            .operands
            .iter()
            .map(|it| place.with(*it))
            .find(|it| it.expr(db) != Expr::None)
            .and_then(|it| is_collection(db, it)),
        _ => None,
    }
}

fn generic_name(db: &dyn Db, place: Place) -> Option<Name> {
    match evaluate(db, place) {
        Value::Library(name) => Some(Name::from(name.rsplit('.').next().unwrap_or_default())),
        _ => match place.expr(db) {
            Expr::Name(name) | Expr::Attribute { name, .. } => Some(name),
            _ => None,
        },
    }
}

/// What a relationship refers to: the explicit argument, else what the annotation names.
fn target(db: &dyn Db, parent: ClassId, declaration: &Declaration) -> Target {
    let Some(registry) = mapped(db, parent).as_ref().map(|it| it.registry) else { return Target::Unknown };
    match declaration.value("argument") {
        Some(place) if place.expr(db) != Expr::None => target_of_value(db, registry, place),
        _ if declaration.is_open => Target::Unknown,
        _ => declaration.annotation.map_or(Target::Unknown, |it| annotated_target(db, registry, it)),
    }
}

/// The class that the annotation of a relationship names, whatever the arguments say: of use while these are typed.
pub fn class_of_annotation(db: &dyn Db, id: RelationshipId) -> Option<ClassId> {
    let annotation = declaration(db, id).as_ref()?.annotation?;
    match annotated_target(db, mapped(db, id.parent(db)).as_ref()?.registry, annotation) {
        Target::Class(class) => Some(class),
        _ => None,
    }
}

/// What an annotation says that a relationship refers to.
fn annotated_target(db: &dyn Db, registry: RegistryId, annotation: Place) -> Target {
    if let Some(name) = quoted_collection(db, annotation) {
        return target_of_text(db, registry, &name, annotation);
    }
    let Some(place) = annotated_class(db, annotation) else { return Target::Unknown };
    let target = target_of_annotation(db, registry, place);
    let Target::Class(class) = target else { return target };
    if !is_quoted(db, annotation) && !has_text_annotations(db, place.item.file(db)) {
        return target;
    }
    if let Some(alias) = unbound_alias(db, place, class) {
        return target_of_text(db, registry, alias.as_str(), place);
    }
    // Of a class that stands in a string, only the name is kept (`resolve_name_to_real_class_name`).
    match target_of_text(db, registry, class.name(db).as_str(), place) {
        several @ Target::Several { .. } => several,
        _ => target,
    }
}

/// The name that an annotation has for a class if it is not the class's own, and means nothing yet where the relationship is
/// made: then it is kept as it is written.
fn unbound_alias(db: &dyn Db, place: Place, class: ClassId) -> Option<Name> {
    let Expr::Name(name) = *place.get(db) else { return None };
    let owner = place.enclosing_class(db).filter(|_| name != class.name(db))?;
    unbound_at(db, owner, name).map(|_| name)
}

/// The collection that stands in a string as a whole, and is not read: `Mapped["List[Child]"]`.
fn quoted_collection(db: &dyn Db, annotation: Place) -> Option<String> {
    let Expr::String(text) = annotation.expr(db) else { return None };
    let code = annotation.with(text.code?);
    is_collection(db, code).filter(|it| *it)?;
    let inner = text.value.strip_prefix("Optional[").and_then(|it| it.strip_suffix(']'));
    Some(inner.unwrap_or(&text.value).to_owned())
}

fn target_of_value(db: &dyn Db, registry: RegistryId, place: Place) -> Target {
    if let Some(text) = string_value(db, place) {
        return target_of_text(db, registry, &text, place);
    }
    match place.expr(db) {
        Expr::Lambda { body, .. } => match evaluate(db, place.with(body)) {
            Value::Class(class) => target_of_class(db, class),
            _ => Target::Unknown,
        },
        _ => match class_or_mapper(db, place).or_else(|| class_of_value(db, place)) {
            Some(class) => target_of_class(db, class),
            None => match table_of_value(db, place) {
                Some(table) => Target::Table(table),
                None => Target::Unknown,
            },
        },
    }
}

fn target_of_class(db: &dyn Db, class: ClassId) -> Target {
    if mapped(db, class).is_some() {
        return Target::Class(class);
    }
    let info = crate::class::class_info(db, class);
    if info.is_open || !info.is_abstract && info.registry.is_some() { Target::Unknown } else { Target::Unmapped(class) }
}

/// Whether the class in an annotation stands in a string.
fn is_quoted(db: &dyn Db, place: Place) -> bool {
    match place.expr(db) {
        Expr::String(_) => true,
        Expr::Subscript { indices, .. } => indices.last().is_some_and(|it| is_quoted(db, place.with(*it))),
        Expr::Operation(operation) => operation.operands.iter().any(|it| is_quoted(db, place.with(*it))),
        _ => false,
    }
}

/// Whether all annotations of a file are strings: `from __future__ import annotations`.
fn has_text_annotations(db: &dyn Db, file: SourceFile) -> bool {
    resolve_name(db, file, Name::from("annotations")) == Value::Library(Name::from("__future__.annotations"))
}

/// The part of an annotation that names the class: `Child` in `Mapped[List["Child"]]`, `Mapped["Child | None"]`.
pub fn annotated_class(db: &dyn Db, place: Place) -> Option<Place> {
    match place.expr(db) {
        Expr::Subscript { value, indices } => {
            let name = generic_name(db, place.with(value))?;
            let is_mapping = matches!(name.as_str(), "Dict" | "dict" | "Mapping" | "MutableMapping" | "KeyFuncDict");
            let inner = if is_mapping { indices.last() } else { indices.first() };
            annotated_class(db, place.with(*inner?))
        }
        Expr::String(text) => match text.code {
            Some(code) => annotated_class(db, place.with(code)),
            None => None,
        },
        Expr::Operation(operation) => {
            let mut operands = operation.operands.iter().map(|it| place.with(*it));
            annotated_class(db, operands.find(|it| it.expr(db) != Expr::None)?)
        }
        Expr::Name(_) | Expr::Attribute { .. } => Some(place),
        _ => None,
    }
}

fn target_of_annotation(db: &dyn Db, registry: RegistryId, place: Place) -> Target {
    match evaluate(db, place) {
        Value::Class(class) => target_of_class(db, class),
        // A name that Python does not know is looked up in the registry.
        Value::Missing | Value::Unknown => match dotted(db, place) {
            Some(text) if is_type_of_python(&text) && evaluate(db, place) == Value::Missing => {
                Target::Python(Name::from(&text), place)
            }
            Some(text) => match target_of_text(db, registry, &text, place) {
                Target::Missing { .. } if evaluate(db, place) == Value::Unknown => Target::Unknown,
                target => target,
            },
            None => Target::Unknown,
        },
        _ => Target::Unknown,
    }
}

/// Whether an annotation most likely means a column of this type.
fn is_type_of_python(name: &str) -> bool {
    matches!(name, "bool" | "bytes" | "complex" | "dict" | "float" | "frozenset" | "int" | "list" | "set" | "str")
}

/// `a.b.c` as it is written.
pub fn dotted(db: &dyn Db, place: Place) -> Option<String> {
    match place.expr(db) {
        Expr::Name(name) => Some(name.to_string()),
        Expr::Attribute { object, name } => Some(format!("{}.{name}", dotted(db, place.with(object))?)),
        _ => None,
    }
}

/// A target string (`clsregistry._class_resolver._resolve_name`): classes, then tables, then module paths.
fn target_of_text(db: &dyn Db, registry: RegistryId, text: &str, place: Place) -> Target {
    let (path, last) = match text.rsplit_once('.') {
        Some((path, last)) => (Some(path), last),
        None => (None, text),
    };
    let is_open = matches!(registry, RegistryId::Open(_)) || may_be_made(db, registry, Name::from(last));
    let missing = |name: &str| if is_open { Target::Unknown } else { Target::Missing { name: name.to_owned(), place } };
    let is_identifier = |it: &str| !it.is_empty() && it.chars().all(|it| it.is_alphanumeric() || it == '_');
    if !text.split('.').all(is_identifier) {
        let is_generic =
            text.split_once('[').is_some_and(|it| !it.0.is_empty() && it.1.find(']').is_some_and(|it| it > 0));
        return if is_generic && !is_open { Target::Generic { name: text.to_owned(), place } } else { missing(text) };
    }
    let file = place.item.file(db);
    let classes = &classes_seen(db, registry, Name::from(last), file);
    let several = |classes: Vec<ClassId>| {
        let is_certain = !is_open && are_together(db, registry, &classes);
        Target::Several { classes, place, is_certain }
    };
    let Some(path) = path else {
        return match classes.as_slice() {
            [] => match table_named(db, registry, text, file) {
                Some(table) => Target::Table(table),
                None if is_offered(text) && !is_open => Target::SqlAlchemy(Name::from(text), place),
                None => missing(text),
            },
            [class] => Target::Class(*class),
            // Which of them belongs to this program cannot be told.
            _ if matches!(registry, RegistryId::Library(_)) => Target::Unknown,
            _ => several(classes.clone()),
        };
    };
    // Classes, tables and schemas are looked up before modules.
    let first = path.split('.').next().unwrap_or(path);
    if !classes_seen(db, registry, Name::from(first), file).is_empty() {
        return Target::Unknown;
    }
    if let Some(table) = table_named(db, registry, first, file) {
        let is_attribute = path.contains('.') || text.strip_suffix(".name").is_some() || is_open;
        return if is_attribute { Target::Unknown } else { Target::InTable { table, place } };
    }
    let schema = Name::from(first);
    if has_schema(db, crate::metadata::metadata_of_registry(db, registry), schema) {
        let is_certain = matches!(registry, RegistryId::Class(_) | RegistryId::Call(_)) && !is_open;
        let is_table = table_named(db, registry, text, file).is_some();
        return if is_certain && !is_table { Target::InSchema { schema, place } } else { Target::Unknown };
    }
    let found = classes_in_module(db, classes, path);
    match found.as_slice() {
        [class] => Target::Class(*class),
        [_, _, ..] => several(found),
        // A dotted string may also walk the attributes of a class or name a table with its schema.
        [] if table_named(db, registry, text, file).is_some() => Target::Unknown,
        [] if is_open => Target::Unknown,
        [] => match missing_in_module(db, registry, text, file) {
            Some((module, name)) => Target::NotInModule { module, name, place },
            None => missing(text),
        },
    }
}

/// Those of some classes whose module's path ends with `path`: any contiguous tail names a module.
pub(crate) fn classes_in_module(db: &dyn Db, classes: &[ClassId], path: &str) -> Vec<ClassId> {
    let is_in_module = |class: &&ClassId| {
        let module = class.file(db).module(db);
        module == path || module.strip_suffix(path).is_some_and(|it| it.ends_with('.'))
    };
    classes.iter().filter(is_in_module).copied().collect()
}

/// The one class that a name or dotted path means in a registry.
pub(crate) fn class_of_path(db: &dyn Db, registry: RegistryId, text: &str, file: SourceFile) -> Option<ClassId> {
    let found = match text.rsplit_once('.') {
        Some((path, last)) => classes_in_module(db, &classes_seen(db, registry, Name::from(last), file), path),
        None => classes_seen(db, registry, Name::from(text), file),
    };
    match found.as_slice() {
        [class] => Some(*class),
        _ => None,
    }
}

fn table_named(db: &dyn Db, registry: RegistryId, key: &str, file: SourceFile) -> Option<TableId> {
    let metadata = crate::metadata::metadata_of_registry(db, registry);
    tables_of_string(db, metadata, Name::from(key), file).first().copied()
}
