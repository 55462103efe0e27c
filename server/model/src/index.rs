//! Look-up by name over all files: classes of a registry, tables of a metadata.

use relmodel_facts::{Argument, Expr, Name};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::attribute::{AttributeKind, class_attributes};
use crate::class::class_info;
use crate::contents::{file_classes, file_tables};
use crate::db::{ClassId, Db, ItemId, MetadataId, Place, RegistryId, SourceFile, TableId, TableSource, Workspace};
use crate::flask::has_unread_classes;
use crate::imperative::classical_registry;
use crate::made::{Made, made_in_file};
use crate::mappers::{Inheritance, Mapping, inheritance, mapped};
use crate::part::{Part, in_both};
use crate::reach::is_reached;
use crate::reflected::{reflecting_function, runs_on_import};
use crate::tables::table_home;

/// What one file adds to the look-up tables. It must ask nothing that is answered by the look-up tables: then what the
/// files that nobody edits add stays known without being looked at again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Contribution {
    /// The names of the mapped classes.
    names: Vec<(RegistryId, Name)>,
    tables: Vec<(MetadataId, Option<Name>, TableId)>,
    /// Mapped classes by the mapped class they inherit from.
    heirs: Vec<(ClassId, ClassId)>,
    /// Classes that share the table of their parent, and may add columns to it.
    single: Vec<(TableId, ClassId)>,
    /// Mapped classes that take attributes from a mixin or abstract base in another file.
    borrowers: Vec<(SourceFile, ClassId)>,
}

#[salsa::tracked(returns(ref))]
fn contribution(db: &dyn Db, file: SourceFile) -> Contribution {
    let mut res = Contribution::default();
    let mut borrowed = FxHashSet::default();
    for &class in file_classes(db, file) {
        let Some(mapped) = mapped(db, class) else { continue };
        res.names.extend(registry_of(db, class).map(|it| (it, class.name(db))));
        res.heirs.extend(mapped.inherits.map(|it| (it, class)));
        for base in &class_info(db, class).mro[1..] {
            let entry = (base.file(db), class);
            if entry.0 != file && lends(db, *base) && borrowed.insert(entry) {
                res.borrowers.push(entry);
            }
        }
        if let Some(id) = mapped.table
            && inheritance(db, class) == Inheritance::Single
        {
            res.single.push((id, class));
        }
        if mapped.table.is_none() && mapped.mapping == Mapping::Unknown {
            // A table there is, but nobody knows its name.
            res.tables.push((mapped.metadata, None, TableId::of_class(db, class)));
        }
    }
    res.tables.extend(copied_tables(db, file));
    for &id in file_tables(db, file) {
        if let Some((metadata, key)) = table_home(db, id) {
            res.tables.push((metadata, key, id));
        }
    }
    res.names.shrink_to_fit();
    res.tables.shrink_to_fit();
    res
}

/// Works out what a file adds to all look-up tables. They ask for it one file after the other; whoever has many files that
/// nobody has asked for yet does better to have this done for several of them side by side.
pub fn contribute(db: &dyn Db, file: SourceFile) {
    contribution(db, file);
    file_class_names(db, file);
    crate::links::file_backrefs(db, file);
    crate::links::file_references(db, file);
}

/// `table.to_metadata(metadata)` adds a copy of a table that cannot be told.
fn copied_tables(db: &dyn Db, file: SourceFile) -> Vec<(MetadataId, Option<Name>, TableId)> {
    let mut res = Vec::new();
    for (key, item) in file.facts(db).items() {
        for (index, expr) in item.exprs.iter().enumerate() {
            let Expr::Call { function, arguments } = expr else { continue };
            let Expr::Attribute { name, .. } = item.expr(*function) else { continue };
            let is_copy = name == "to_metadata" || name == "tometadata";
            let Some(Argument::Positional(target)) = arguments.first().filter(|_| is_copy) else { continue };
            let expr = relmodel_facts::ExprId::new(index);
            let place = Place::new(ItemId::new(db, file, *key), expr);
            let metadata = crate::metadata::metadata_of_value(db, place.with(*target));
            if metadata != MetadataId::Unknown {
                res.push((metadata, None, TableId::of_call(db, place)));
            }
        }
    }
    res
}

/// Whether a class has attributes that a finding can stand at when another class takes them over.
fn lends(db: &dyn Db, class: ClassId) -> bool {
    let attributes = class_attributes(db, class);
    attributes.iter().any(|it| it.kind != AttributeKind::Plain || it.is_declared_attr || it.name.starts_with("__"))
}

/// The look-up tables over a part of the files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Index {
    tables: FxHashMap<(MetadataId, Name), Vec<TableId>>,
    /// Tables whose metadata cannot be told, and which any metadata may turn out to own.
    floating: FxHashMap<Name, Vec<(MetadataId, TableId)>>,
    /// The metadata with tables whose name cannot be told.
    open: FxHashSet<MetadataId>,
    /// The functions that reflect tables into a metadata that they are given.
    reflecting: FxHashSet<Name>,
    /// The metadata that mapped classes have tables in.
    mapped: FxHashSet<MetadataId>,
    heirs: FxHashMap<ClassId, Vec<ClassId>>,
    single: FxHashMap<TableId, Vec<ClassId>>,
    borrowers: FxHashMap<SourceFile, Vec<ClassId>>,
}

#[salsa::tracked(returns(ref))]
fn index(db: &dyn Db, part: Part) -> Index {
    let mut res = Index::default();
    for file in part.files(db) {
        let contribution = contribution(db, file);
        for &(metadata, key, id) in &contribution.tables {
            if matches!(id.source(db), TableSource::Class(_)) {
                res.mapped.insert(metadata);
            }
            match key {
                Some(key) => {
                    res.tables.entry((metadata, key)).or_default().push(id);
                    if is_floating(metadata) {
                        res.floating.entry(key).or_default().push((metadata, id));
                    }
                }
                None if is_of_stranger(db, metadata, id) => {}
                None => match reflecting_function(db, id).filter(|_| metadata == MetadataId::Unknown) {
                    Some(function) => _ = res.reflecting.insert(function),
                    None => _ = res.open.insert(metadata),
                },
            }
        }
        for &(parent, class) in &contribution.heirs {
            res.heirs.entry(parent).or_default().push(class);
        }
        for &(id, class) in &contribution.single {
            res.single.entry(id).or_default().push(class);
        }
        for &(file, class) in &contribution.borrowers {
            res.borrowers.entry(file).or_default().push(class);
        }
    }
    res
}

/// Whether a table is made by a function that is given no metadata of a mapped class.
fn is_of_stranger(db: &dyn Db, metadata: MetadataId, id: TableId) -> bool {
    match id.source(db) {
        TableSource::Call(call) if metadata == MetadataId::Unknown && call.scope.is_some() => {
            !is_reached(db, call.item.file(db))
        }
        _ => false,
    }
}

fn is_floating(metadata: MetadataId) -> bool {
    matches!(metadata, MetadataId::Unknown | MetadataId::Registry(RegistryId::Open(_)))
}

/// Whether binds have a metadata of their own depends on the release of Flask-SQLAlchemy.
fn is_bind(metadata: MetadataId) -> bool {
    matches!(metadata, MetadataId::Bind(..))
}

/// The class statements of a file by name, mapped or not: told from its facts alone, but for names that are put together.
#[salsa::tracked(returns(ref))]
fn file_class_names(db: &dyn Db, file: SourceFile) -> Vec<(Name, ClassId)> {
    let mut res = Vec::new();
    for (key, item) in file.facts(db).items() {
        for (index, _) in (0..).zip(&item.classes).filter(|it| it.1.function.is_none()) {
            let id = ClassId::new(db, ItemId::new(db, file, *key), index, None);
            res.push((id.name(db), id));
        }
    }
    res
}

#[salsa::tracked(returns(ref))]
fn all_class_names(db: &dyn Db, part: Part) -> FxHashMap<Name, Vec<ClassId>> {
    let mut res: FxHashMap<Name, Vec<ClassId>> = FxHashMap::default();
    for file in part.files(db) {
        for &(name, class) in file_class_names(db, file) {
            res.entry(name).or_default().push(class);
        }
    }
    res
}

/// The classes that runs of functions make, by their names.
#[salsa::tracked(returns(ref))]
fn all_made_classes(db: &dyn Db) -> FxHashMap<Name, Vec<ClassId>> {
    let mut res: FxHashMap<Name, Vec<ClassId>> = FxHashMap::default();
    let Some(workspace) = Workspace::try_get(db) else { return res };
    if workspace.rare(db).make_classes.is_empty() {
        return res;
    }
    for &file in &workspace.files(db).files {
        for class in file_classes(db, file).iter().filter(|it| it.scope(db).is_some()) {
            res.entry(class.name(db)).or_default().push(*class);
        }
    }
    res
}

/// The classes of this name, by file and line; behind them those that functions make.
fn class_statements_named(db: &dyn Db, name: Name) -> impl Iterator<Item = ClassId> + '_ {
    let written = in_both(db, |it| all_class_names(db, it).get(&name), |it| it.file(db));
    written.into_iter().chain(all_made_classes(db).get(&name).into_iter().flatten().copied())
}

/// What calls of `type(...)` may add to the registries.
#[salsa::tracked(returns(ref))]
fn made_classes(db: &dyn Db) -> FxHashSet<Made> {
    let Some(workspace) = Workspace::try_get(db) else { return FxHashSet::default() };
    let files = workspace.rare(db).make_classes.iter();
    let calls = files.flat_map(|file| {
        let may_be_mapped = |it: &&Made| it.registry.is_some() || is_reached(db, *file);
        made_in_file(db, *file).iter().filter(may_be_mapped).copied()
    });
    // Those whose name cannot be told, however the functions that make them are run.
    let nameless = all_made_classes(db).get(&Name::default()).into_iter().flatten();
    let of_class = |class: &ClassId| Made { registry: registry_of(db, *class), name: None };
    calls.chain(nameless.map(of_class)).collect()
}

/// Whether a registry may know a class of this name that no class statement that was read makes.
pub(crate) fn may_be_made(db: &dyn Db, registry: RegistryId, name: Name) -> bool {
    let made = made_classes(db);
    let is_made = |registry, name| made.contains(&Made { registry, name });
    has_unread_classes(registry)
        || [None, Some(registry)].into_iter().any(|it| is_made(it, None) || is_made(it, Some(name)))
}

/// The registry that knows a class by its name.
fn registry_of(db: &dyn Db, class: ClassId) -> Option<RegistryId> {
    mapped(db, class).as_ref().map(|it| it.registry).filter(|it| *it != classical_registry())
}

/// The classes that a registry knows under a name, by file and line.
#[salsa::tracked(returns(ref))]
pub fn classes_named(db: &dyn Db, registry: RegistryId, name: Name) -> Vec<ClassId> {
    class_statements_named(db, name).filter(|it| registry_of(db, *it) == Some(registry)).collect()
}

/// The tables that a metadata has under a key; those whose metadata cannot be told may be meant too.
#[salsa::tracked(returns(ref))]
pub fn tables_named(db: &dyn Db, metadata: MetadataId, key: Name) -> Vec<TableId> {
    let mut res = in_both(db, |it| index(db, it).tables.get(&(metadata, key)), |it| it.file(db));
    let floating = in_both(db, |it| index(db, it).floating.get(&key), |it| it.1.file(db));
    res.extend(floating.iter().filter(|it| it.0 != metadata).map(|it| it.1));
    res
}

#[salsa::tracked(returns(ref))]
fn open_metadata(db: &dyn Db) -> FxHashSet<MetadataId> {
    let parts = Part::both(db).map(|it| index(db, it));
    let mut res: FxHashSet<MetadataId> = parts.iter().flat_map(|it| &it.open).copied().collect();
    if parts.iter().flat_map(|it| &it.reflecting).any(|it| runs_on_import(db, *it)) {
        res.insert(MetadataId::Unknown);
    }
    res
}

/// Of what is named alike, only what stands in `file`, if anything does. Bases that are known by what they do belong to
/// every program of a workspace, and so do their registry and metadata.
fn nearest<T: Copy>(db: &dyn Db, found: &[T], file: SourceFile, file_of: impl Fn(&dyn Db, T) -> SourceFile) -> Vec<T> {
    let near: Vec<T> = found.iter().copied().filter(|it| file_of(db, *it) == file).collect();
    if near.is_empty() { found.to_vec() } else { near }
}

/// The classes that a registry knows under a name, as seen from a file.
pub(crate) fn classes_seen(db: &dyn Db, registry: RegistryId, name: Name, file: SourceFile) -> Vec<ClassId> {
    let found = classes_named(db, registry, name);
    match registry {
        RegistryId::Library(_) => nearest(db, found, file, |db, it| it.file(db)),
        _ => found.clone(),
    }
}

/// The tables that a metadata has under a key, as seen from a file.
pub(crate) fn tables_seen(db: &dyn Db, metadata: MetadataId, key: Name, file: SourceFile) -> Vec<TableId> {
    let found = tables_named(db, metadata, key);
    match metadata {
        MetadataId::Registry(RegistryId::Library(_)) => nearest(db, found, file, |db, it| it.file(db)),
        _ => found.clone(),
    }
}

/// Whether a metadata may have tables whose name cannot be told.
pub fn has_unknown_tables(db: &dyn Db, metadata: MetadataId) -> bool {
    let open = open_metadata(db);
    let is_unread = matches!(metadata, MetadataId::Registry(it) if has_unread_classes(it));
    is_unread
        || is_floating(metadata)
        || is_bind(metadata)
        || open.contains(&metadata)
        || open.contains(&MetadataId::Unknown)
}

/// The mapped classes of other files that take attributes from the classes of this one.
#[salsa::tracked(returns(ref))]
pub fn borrowers(db: &dyn Db, file: SourceFile) -> Vec<ClassId> {
    in_both(db, |it| index(db, it).borrowers.get(&file), |it| it.file(db))
}

/// The mapped classes that inherit from a mapped class without another one in between.
#[salsa::tracked(returns(ref))]
pub fn heirs(db: &dyn Db, class: ClassId) -> Vec<ClassId> {
    in_both(db, |it| index(db, it).heirs.get(&class), |it| it.file(db))
}

/// Whether a mapped class has a table in a metadata. One that has none, such as those of migrations, describes a part
/// of a database, and its foreign keys may lead out of it.
pub fn has_mapped_classes(db: &dyn Db, metadata: MetadataId) -> bool {
    mapped_metadata(db).contains(&metadata)
}

#[salsa::tracked(returns(ref))]
fn mapped_metadata(db: &dyn Db) -> FxHashSet<MetadataId> {
    Part::both(db).iter().flat_map(|it| &index(db, *it).mapped).copied().collect()
}

/// The classes that share the table of the class they inherit from.
pub(crate) fn single_table_classes(db: &dyn Db, id: TableId) -> Vec<ClassId> {
    in_both(db, |it| index(db, it).single.get(&id), |it| it.file(db))
}

/// A mapped class of this name that another registry knows.
pub fn class_elsewhere(db: &dyn Db, registry: RegistryId, name: Name) -> Option<ClassId> {
    let is_elsewhere = |it: &ClassId| registry_of(db, *it).is_some_and(|it| it != registry);
    class_statements_named(db, name).find(is_elsewhere)
}

/// All names of classes in a registry, sorted: for suggestions.
pub fn class_names(db: &dyn Db, registry: RegistryId) -> &[Name] {
    all_mapped_names(db).get(&registry).map_or(&[], Vec::as_slice)
}

#[salsa::tracked(returns(ref))]
fn all_mapped_names(db: &dyn Db) -> FxHashMap<RegistryId, Vec<Name>> {
    let mut res: FxHashMap<RegistryId, Vec<Name>> = FxHashMap::default();
    let Some(workspace) = Workspace::try_get(db) else { return res };
    for file in &workspace.files(db).files {
        for &(registry, name) in &contribution(db, *file).names {
            res.entry(registry).or_default().push(name);
        }
    }
    sort_each(&mut res);
    res
}

/// The dotted names of the modules that a registry has classes in, sorted.
pub fn modules_of(db: &dyn Db, registry: RegistryId) -> &[Name] {
    all_modules(db).get(&registry).map_or(&[], Vec::as_slice)
}

#[salsa::tracked(returns(ref))]
fn all_modules(db: &dyn Db) -> FxHashMap<RegistryId, Vec<Name>> {
    let mut res: FxHashMap<RegistryId, Vec<Name>> = FxHashMap::default();
    let Some(workspace) = Workspace::try_get(db) else { return res };
    for file in &workspace.files(db).files {
        for (registry, _) in &contribution(db, *file).names {
            res.entry(*registry).or_default().push(file.module(db));
        }
    }
    sort_each(&mut res);
    res
}

/// All keys of tables in a metadata, sorted: for suggestions.
pub fn table_keys(db: &dyn Db, metadata: MetadataId) -> &[Name] {
    all_table_keys(db).get(&metadata).map_or(&[], Vec::as_slice)
}

/// Whether tables of a metadata lie in a schema of this name (`MetaData._schemas`).
#[salsa::tracked(returns(copy))]
pub(crate) fn has_schema(db: &dyn Db, metadata: MetadataId, schema: Name) -> bool {
    let is_in_it = |key: &Name| key.strip_prefix(schema.as_str()).is_some_and(|it| it.starts_with('.'));
    table_keys(db, metadata).iter().any(is_in_it)
}

#[salsa::tracked(returns(ref))]
fn all_table_keys(db: &dyn Db) -> FxHashMap<MetadataId, Vec<Name>> {
    let mut res: FxHashMap<MetadataId, Vec<Name>> = FxHashMap::default();
    let Some(workspace) = Workspace::try_get(db) else { return res };
    for file in &workspace.files(db).files {
        for (metadata, key, _) in &contribution(db, *file).tables {
            res.entry(*metadata).or_default().extend(*key);
        }
    }
    sort_each(&mut res);
    res
}

/// The key of the table of a class that is called so, in whatever case: for suggestions.
pub fn table_key_of_class(db: &dyn Db, metadata: MetadataId, class_name: &str) -> Option<Name> {
    let names = Part::both(db).into_iter().flat_map(|it| all_class_names(db, it));
    let names = names.filter(|it| it.0.eq_ignore_ascii_case(class_name));
    let homes = names.flat_map(|it| it.1).filter_map(|it| table_home(db, TableId::of_class(db, *it)));
    homes.filter(|it| it.0 == metadata).filter_map(|it| it.1).min_by_key(Name::as_str)
}

#[allow(clippy::iter_over_hash_type, reason = "each list is sorted by itself")]
fn sort_each<K>(lists: &mut FxHashMap<K, Vec<Name>>) {
    for list in lists.values_mut() {
        list.sort_unstable_by_key(Name::as_str);
        list.dedup();
    }
}
