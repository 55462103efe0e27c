//! The strings that `relationship()` evaluates, and what is wrong with the names in them (`clsregistry._class_resolver`).
//!
//! Names are looked up as SQLAlchemy does: mapped classes of the registry, tables of its metadata, modules of mapped
//! classes, then SQLAlchemy's own and Python's names. What the columns found there mean for a join is for `condition.rs`.

use relmodel_facts::{Expr, ExprId, ItemKind, Name, fault_in_expression};

use crate::class::{class_info, library_bases};
use crate::constant::string_value;
use crate::db::{
    ClassId, Db, ItemId, MetadataId, Place, RegistryId, RelationshipId, SourceFile, SqlAlchemy, TableId, TableSource,
    Workspace,
};
use crate::declarations::{Declaration, declaration};
use crate::default_schema::tables_of_string;
use crate::imperative::classical_registry;
use crate::index::{classes_seen, has_schema, has_unknown_tables, may_be_made, modules_of, tables_named};
use crate::links::backref_named;
use crate::mapper_arguments::arguments_of_mapper;
use crate::mappers::{lineage, mapped};
use crate::member::{MemberKind, member};
use crate::metadata::metadata_of_registry;
use crate::namespace::{is_offered, is_python};
use crate::relationships::{classes_in_module, relationship};
use crate::tables::{Table, table};

/// The parameters whose strings are evaluated, and must give columns.
const EVALUATED: [&str; 5] = ["order_by", "primaryjoin", "secondaryjoin", "foreign_keys", "remote_side"];

/// Something in an argument of a relationship that SQLAlchemy or Python cannot make sense of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArgumentFault {
    /// The parameter that the argument is given to.
    pub parameter: &'static str,
    /// The expression at fault; the whole string, where it is put together elsewhere.
    pub place: Place,
    /// What is wrong with it.
    pub kind: FaultKind,
}

/// What is wrong with an expression in an argument.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// These bytes of the string make it no expression.
    Syntax(u32, u32),
    /// Nothing has this name.
    UnknownName(Name),
    /// Several mapped classes have this name.
    SeveralClasses(Name, Vec<ClassId>),
    /// The module, by its name, has no mapped class of this name.
    NotInModule(Name, Name),
    /// The class has no attribute of this name.
    UnknownAttribute(ClassId, Name),
    /// The attribute of the class is a relationship.
    NotColumn(ClassId, Name),
    /// The table has no column of this name.
    UnknownColumn(TableId, Name),
    /// The table is asked for its column without `.c`.
    WithoutC(TableId, Name),
    /// The value is no column: a string, a class, a table, a function of Python's.
    NoExpression(NoExpression),
}

/// A value that stands where a column is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoExpression {
    /// A string in a list.
    StringInList,
    /// A string that a function returns, or one within the string.
    String,
    /// A mapped class.
    Class(ClassId),
    /// A table.
    Table(TableId),
    /// A function or class of Python's, such as `id`.
    Python(Name),
}

/// What a name in a string means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StringName {
    /// A mapped class.
    Class(ClassId),
    /// An attribute of a mapped class.
    Attribute(ClassId, Name),
    /// A table.
    Table(TableId),
    /// A column of a table, by its key.
    Column(TableId, Name),
}

/// What the names mean in an argument that SQLAlchemy evaluates for a relationship of `parent`, if it is a string. Of a
/// dotted one, the place is that of the whole, and the last part is meant; in a string that is put together, it is that of the
/// argument.
pub fn names_in_string(db: &dyn Db, parent: ClassId, argument: Place) -> Vec<(Place, StringName)> {
    let is_string = string_value(db, argument).is_some();
    let Some(mut reader) = Reader::new(db, parent, ("", argument)).filter(|_| is_string) else { return Vec::new() };
    reader.argument(argument);
    let is_in_file = |it: Place| it.item.key(db).kind != ItemKind::Text;
    let names = reader.names.into_iter();
    names.map(|(place, name)| (if is_in_file(place) { place } else { argument }, name)).collect()
}

/// What is wrong with the strings of a relationship, those of its `backref(...)` included.
#[salsa::tracked(returns(ref))]
pub fn string_faults(db: &dyn Db, id: RelationshipId) -> Vec<ArgumentFault> {
    let mut res = Vec::new();
    let Some(own) = declaration(db, id) else { return res };
    check_declaration(db, id.parent(db), own, &mut res);
    if let Some((_, Some(backref))) = own.backref(db)
        && let Some(target) = relationship(db, id).as_ref().and_then(super::relationships::Relationship::target_class)
    {
        check_declaration(db, target, &backref, &mut res);
    }
    res
}

fn check_declaration(db: &dyn Db, parent: ClassId, declaration: &Declaration, out: &mut Vec<ArgumentFault>) {
    for parameter in EVALUATED {
        let Some(place) = declaration.value(parameter) else { continue };
        if let Some(mut reader) = Reader::new(db, parent, (parameter, place)) {
            reader.argument(place);
            out.append(&mut reader.faults);
        }
    }
}

/// Reads one argument.
struct Reader<'a> {
    db: &'a dyn Db,
    registry: RegistryId,
    parent: ClassId,
    parameter: &'static str,
    argument: Place,
    faults: Vec<ArgumentFault>,
    names: Vec<(Place, StringName)>,
}

/// What an expression in a string is.
enum Thing {
    Class(ClassId),
    Table(TableId),
    /// The `.c` of a table.
    Columns(TableId),
    /// A module that mapped classes are in, by the part of its path that is written.
    Module(String),
    /// A name of Python's.
    Python(Name),
    String,
    /// Something else, or what cannot be told.
    Other,
}

impl<'a> Reader<'a> {
    fn new(db: &'a dyn Db, parent: ClassId, (parameter, argument): (&'static str, Place)) -> Option<Self> {
        let registry = mapped(db, parent).as_ref()?.registry;
        let is_known = !matches!(registry, RegistryId::Open(_)) && registry != classical_registry();
        is_known.then(|| Self { db, registry, parent, parameter, argument, faults: Vec::new(), names: Vec::new() })
    }

    /// An argument: a string, a list, or a lambda that returns what is asked for.
    fn argument(&mut self, place: Place) {
        match place.expr(self.db) {
            Expr::String(text) => self.string(&text.value, text.code.map(|it| place.with(it))),
            Expr::List(elements) | Expr::Tuple(elements) | Expr::Set(elements) => {
                self.strings_among(place, &elements, NoExpression::StringInList);
            }
            Expr::Lambda { body, .. } => match place.with(body).expr(self.db) {
                Expr::String(_) => self.strings_among(place, &[body], NoExpression::String),
                Expr::List(elements) | Expr::Tuple(elements) => {
                    self.strings_among(place, &elements, NoExpression::String);
                }
                _ => {}
            },
            Expr::Missing => {}
            _ => {
                if let Some(text) = string_value(self.db, place) {
                    self.string(&text, place.of_text(self.db, &text));
                }
            }
        }
    }

    /// Strings where columns are asked for: they are not evaluated.
    fn strings_among(&mut self, place: Place, elements: &[ExprId], found: NoExpression) {
        for element in elements.iter().map(|it| place.with(*it)) {
            if matches!(element.expr(self.db), Expr::String(_)) {
                self.add(element, FaultKind::NoExpression(found));
            }
        }
    }

    fn string(&mut self, text: &str, code: Option<Place>) {
        // Python passes over blanks in front.
        let start = text.len() - text.trim_start_matches([' ', '\t']).len();
        if let Some((from, to)) = fault_in_expression(&text[start..]) {
            let start = u32::try_from(start).unwrap_or(u32::MAX);
            self.add(self.argument, FaultKind::Syntax(from + start, to + start));
            return;
        }
        let Some(code) = code else { return };
        let elements = match code.expr(self.db) {
            Expr::List(elements) | Expr::Tuple(elements) | Expr::Set(elements) => elements,
            _ => std::iter::once(code.expr).collect(),
        };
        for element in elements.iter().map(|it| code.with(*it)) {
            let n_faults = self.faults.len();
            let value = match self.thing(element) {
                Thing::Class(class) => NoExpression::Class(class),
                Thing::Table(table) => NoExpression::Table(table),
                Thing::Python(name) if !matches!(name.as_str(), "True" | "False" | "None") => {
                    NoExpression::Python(name)
                }
                Thing::String => NoExpression::String,
                _ => continue,
            };
            if self.faults.len() == n_faults {
                self.add(element, FaultKind::NoExpression(value));
            }
        }
    }

    fn add(&mut self, place: Place, kind: FaultKind) {
        let is_in_file = |it: ItemId| it.key(self.db).kind != ItemKind::Text;
        let place = if is_in_file(place.item) { place } else { self.argument };
        self.faults.push(ArgumentFault { parameter: self.parameter, place, kind });
    }

    /// What an expression is; what is wrong within it is noted.
    fn thing(&mut self, place: Place) -> Thing {
        match place.expr(self.db) {
            Expr::Name(name) => self.name(place, name),
            Expr::Attribute { object, name } => {
                let object = self.thing(place.with(object));
                self.member(place, object, name)
            }
            Expr::Call { function, arguments } => {
                self.thing(place.with(function));
                arguments.iter().for_each(|it| {
                    self.thing(place.with(it.value()));
                });
                Thing::Other
            }
            Expr::Subscript { value, indices } => {
                self.thing(place.with(value));
                self.all(place, &indices)
            }
            Expr::List(parts) | Expr::Tuple(parts) | Expr::Set(parts) => self.all(place, &parts),
            Expr::Starred(part) => self.all(place, &[part]),
            Expr::Operation(it) => self.all(place, &it.operands),
            Expr::String(_) => Thing::String,
            // A comprehension or a lambda binds names of its own.
            _ => Thing::Other,
        }
    }

    fn all(&mut self, place: Place, parts: &[ExprId]) -> Thing {
        for part in parts {
            self.thing(place.with(*part));
        }
        Thing::Other
    }

    fn class(&mut self, place: Place, class: ClassId) -> Thing {
        self.names.push((place, StringName::Class(class)));
        Thing::Class(class)
    }

    /// A name at the beginning of a path (`_class_resolver._access_cls`).
    fn name(&mut self, place: Place, name: Name) -> Thing {
        let file = self.argument.item.file(self.db);
        match classes_seen(self.db, self.registry, name, file).as_slice() {
            [] if may_be_made(self.db, self.registry, name) => return Thing::Other,
            [] => {}
            [class] => return self.class(place, *class),
            several => {
                if are_together(self.db, self.registry, several) {
                    self.add(place, FaultKind::SeveralClasses(name, several.to_vec()));
                }
                return Thing::Other;
            }
        }
        let metadata = metadata_of_strings(self.db, self.parent);
        if let Some(table) = tables_of_string(self.db, metadata, name, file).first() {
            self.names.push((place, StringName::Table(*table)));
            return Thing::Table(*table);
        }
        if has_schema(self.db, metadata, name) {
            return Thing::Other;
        }
        if modules_of(self.db, self.registry).iter().any(|it| it.split('.').any(|it| it == name)) {
            return Thing::Module(name.to_string());
        }
        if is_offered(name.as_str()) {
            return Thing::Other;
        }
        if is_python(name.as_str()) {
            return Thing::Python(name);
        }
        if !name.is_empty() && !has_unknown_tables(self.db, metadata) {
            self.add(place, FaultKind::UnknownName(name));
        }
        Thing::Other
    }

    fn member(&mut self, place: Place, object: Thing, name: Name) -> Thing {
        match object {
            // Nothing is typed yet behind the dot.
            _ if name.is_empty() => {}
            Thing::Class(class) => {
                self.names.push((place, StringName::Attribute(class, name)));
                if let Some(kind) = attribute_fault(self.db, class, name) {
                    self.add(place, kind);
                }
            }
            Thing::Table(id) if matches!(name.as_str(), "c" | "columns") => return Thing::Columns(id),
            Thing::Table(id) => {
                let is_column =
                    table(self.db, id).as_ref().is_some_and(|it| it.columns.iter().any(|it| it.key == name));
                if is_column && !TABLE_ATTRIBUTES.contains(&name.as_str()) {
                    self.add(place, FaultKind::WithoutC(id, name));
                }
            }
            Thing::Columns(id) => {
                self.names.push((place, StringName::Column(id, name)));
                if has_no_column(self.db, id, name) {
                    self.add(place, FaultKind::UnknownColumn(id, name));
                }
            }
            Thing::Module(path) => return self.in_module(place, &path, name),
            Thing::Python(_) | Thing::String | Thing::Other => {}
        }
        Thing::Other
    }

    /// A name behind the path of a module: a class in it or a module below it (`_ModNS.__getattr__`).
    fn in_module(&mut self, place: Place, path: &str, name: Name) -> Thing {
        let file = self.argument.item.file(self.db);
        let longer = format!("{path}.{name}");
        if modules_of(self.db, self.registry).iter().any(|it| has_part(it, &longer)) {
            return Thing::Module(longer);
        }
        let classes = classes_seen(self.db, self.registry, name, file);
        match classes_in_module(self.db, &classes, path).as_slice() {
            [class] => return self.class(place, *class),
            [] if !may_be_made(self.db, self.registry, name) => {
                let module = path.rsplit('.').next().unwrap_or(path);
                self.add(place, FaultKind::NotInModule(Name::from(module), name));
            }
            _ => {}
        }
        Thing::Other
    }
}

/// Attributes of a `Table` that a column may be named like.
#[rustfmt::skip]
const TABLE_ATTRIBUTES: &[&str] = &[
    "alias", "columns", "comment", "constraints", "corresponding_column", "create", "delete", "description",
    "dialect_kwargs", "dialect_options", "dispatch", "drop", "entity_namespace", "exported_columns",
    "foreign_key_constraints", "foreign_keys", "fullname", "implicit_returning", "indexes", "info", "insert",
    "inspector", "is_derived_from", "is_selectable", "join", "key", "kwargs", "lateral", "metadata", "name",
    "named_with_column", "outerjoin", "params", "primary_key", "schema", "select", "selectable", "stringify_dialect",
    "subquery", "supports_execution", "table_valued", "tablesample", "update", "type", "bind", "exists", "quote",
];

/// Whether a table has a column of this key, and no attribute: it has to be asked for by `.c`.
pub(crate) fn is_bare_column(db: &dyn Db, id: TableId, name: Name) -> bool {
    let is_column = table(db, id).as_ref().is_some_and(|it| it.columns.iter().any(|it| it.key == name));
    is_column && !TABLE_ATTRIBUTES.contains(&name.as_str())
}

/// What is wrong with `Class.name` in a string (`_GetColumns.__getattr__`).
fn attribute_fault(db: &dyn Db, class: ClassId, name: Name) -> Option<FaultKind> {
    match member(db, class, name).map(|it| &it.1.kind) {
        Some(MemberKind::Relationship(..)) => Some(FaultKind::NotColumn(class, name)),
        Some(_) => None,
        None => {
            let is_python = name == "cls" || name.starts_with("__") && name != "__table__";
            let is_seen = !is_python && !has_unseen_members(db, class) && backref_named(db, class, name).is_none();
            is_seen.then_some(FaultKind::UnknownAttribute(class, name))
        }
    }
}

/// Whether a table surely has no column of this key.
pub fn has_no_column(db: &dyn Db, id: TableId, key: Name) -> bool {
    let Some(data) = table(db, id) else { return false };
    let is_method = matches!(key.as_str(), "get" | "keys" | "values" | "items" | "contains_column" | "as_readonly");
    let is_own = data.columns.iter().any(|it| it.key == key);
    let is_added = || crate::tables::columns_of_single_tables(db, id).iter().any(|it| it.1.key == key);
    !data.is_open && !is_method && !key.starts_with('_') && !key.is_empty() && !is_own && !is_added()
}

/// Whether classes of one name surely belong to one program: they are neither in branches that exclude each other nor of a
/// base that all programs of a workspace share.
pub(crate) fn are_together(db: &dyn Db, registry: RegistryId, classes: &[ClassId]) -> bool {
    let is_certain = |it: &ClassId| it.item(db).key(db).kind == ItemKind::Class && it.scope(db).is_none();
    !matches!(registry, RegistryId::Library(_)) && classes.iter().all(is_certain)
}

/// The module, and the name that it does not have, where a dotted path leads through the modules of mapped classes and then
/// to nothing.
pub(crate) fn missing_in_module(
    db: &dyn Db,
    registry: RegistryId,
    path: &str,
    file: SourceFile,
) -> Option<(Name, Name)> {
    let modules = modules_of(db, registry);
    let mut known: Option<(String, &str)> = None;
    for token in path.split('.') {
        let longer = known.as_ref().map_or_else(|| token.to_owned(), |it| format!("{}.{token}", it.0));
        if !modules.iter().any(|it| has_part(it, &longer)) {
            let (module, last) = known?;
            let classes = classes_seen(db, registry, Name::from(token), file);
            let is_missing = classes_in_module(db, &classes, &module).is_empty();
            return is_missing.then(|| (Name::from(last), Name::from(token)));
        }
        known = Some((longer, token));
    }
    None
}

/// Whether a module's path has these names one behind the other.
fn has_part(module: &str, part: &str) -> bool {
    let is_edge = |it: Option<char>| it.is_none_or(|it| it == '.');
    module
        .match_indices(part)
        .any(|(at, _)| is_edge(module[..at].chars().next_back()) && is_edge(module[at + part.len()..].chars().next()))
}

/// The metadata whose tables the strings of a class know by name: before 2.1 that of its registry, whatever its own is.
pub(crate) fn metadata_of_strings(db: &dyn Db, class: ClassId) -> MetadataId {
    let Some(mapped) = mapped(db, class) else { return MetadataId::Unknown };
    // Whether binds have a metadata of their own depends on the release of Flask-SQLAlchemy.
    let is_bind = matches!(mapped.metadata, MetadataId::Bind(..));
    let is_2_1 = Workspace::try_get(db).is_some_and(|it| it.sqlalchemy(db) == SqlAlchemy::V2_1);
    if is_bind || is_2_1 { mapped.metadata } else { metadata_of_registry(db, mapped.registry) }
}

/// Whether a table of this name may be declared elsewhere too, with other columns.
fn is_shared(db: &dyn Db, table: &Table) -> bool {
    let Some(key) = table.key else { return true };
    has_unknown_tables(db, table.metadata) || tables_named(db, table.metadata, key).len() > 1
}

/// Whether the mapper of a class may have attributes that are not seen: from a base that was not read, a table that is
/// reflected, or arguments that cannot be told.
pub fn has_unseen_members(db: &dyn Db, class: ClassId) -> bool {
    lineage(db, class).into_iter().any(|it| {
        let is_reflected = |it: &Name| it.ends_with(".DeferredReflection") || it.ends_with(".AbstractConcreteBase");
        let has_open_table = || {
            let Some(id) = mapped(db, it).as_ref().and_then(|it| it.table) else { return true };
            match id.source(db) {
                // What its own class declares has a name, known or not.
                TableSource::Class(_) => table(db, id)
                    .as_ref()
                    .is_none_or(|it| it.is_extended && (it.is_open || !it.is_redefinable || is_shared(db, it))),
                TableSource::Call(_) => table(db, id).as_ref().is_none_or(|it| it.is_open),
            }
        };
        class_info(db, it).is_open
            || arguments_of_mapper(db, it).may_add(db)
            || has_open_table()
            || library_bases(db, it).iter().any(is_reflected)
    })
}
