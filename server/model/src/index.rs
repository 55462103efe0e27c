//! Look-up by name over all files: classes of a registry, tables of a metadata, attributes set behind a class.

use relmodel_facts::{Argument, Expr, Item, Name, Stmt};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::class::class_info;
use crate::db::{ClassId, Db, ItemId, MetadataId, Place, RegistryId, SourceFile, TableId, TableSource, Workspace};
use crate::imperative::{classical_registry, imperative};
use crate::mappers::{Inheritance, MemberKind, inheritance, mapped, members};
use crate::tables::table;
use crate::value::{Value, called, evaluate};

/// The mapped classes of a file, in source order.
#[salsa::tracked(returns(ref))]
pub fn file_classes(db: &dyn Db, file: SourceFile) -> Vec<ClassId> {
    let mut res = Vec::new();
    for (key, item) in file.facts(db).items() {
        for index in 0..u32::try_from(item.classes.len()).unwrap_or(u32::MAX) {
            let class = ClassId::new(db, ItemId::new(db, file, *key), index);
            let may_be_mapped = class_info(db, class).registry.is_some() || imperative(db, class).is_some();
            if may_be_mapped && mapped(db, class).is_some() {
                res.push(class);
            }
        }
    }
    res
}

/// The tables of a file: those of its mapped classes and of its `Table(...)` calls, in source order.
#[salsa::tracked(returns(ref))]
pub fn file_tables(db: &dyn Db, file: SourceFile) -> Vec<TableId> {
    let mut res = Vec::new();
    for (key, item) in file.facts(db).items() {
        let id = ItemId::new(db, file, *key);
        for (index, expr) in item.exprs.iter().enumerate() {
            if is_named_table(item, expr) {
                let expr = relmodel_facts::ExprId(u32::try_from(index).unwrap_or(u32::MAX));
                let place = Place { item: id, class: None, expr };
                let Expr::Call { function, .. } = item.expr(expr) else { continue };
                if called(db, place, *function).is_some_and(|it| it == "Table") {
                    res.push(TableId::of_call(db, place));
                }
            }
        }
    }
    for &class in file_classes(db, file) {
        let own = TableId::of_class(db, class);
        if mapped(db, class).as_ref().is_some_and(|it| it.table == Some(own)) {
            res.push(own);
        }
    }
    res
}

/// A call that may make a table, told without looking names up.
fn is_named_table(item: &Item, expr: &Expr) -> bool {
    let Expr::Call { function, arguments } = expr else { return false };
    let n_positional = arguments.iter().filter(|it| matches!(it, Argument::Positional(_))).count();
    n_positional >= 2 && matches!(item.expr(*function), Expr::Name(_) | Expr::Attribute { .. })
}

/// What one file adds to the look-up tables.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Contribution {
    classes: Vec<(RegistryId, Name, ClassId)>,
    tables: Vec<(MetadataId, Option<Name>, TableId)>,
    /// Columns that single-table subclasses add to the table of their parent.
    columns: Vec<(TableId, Name)>,
    /// Mapped classes that take attributes from a mixin or abstract base in another file.
    borrowers: Vec<(SourceFile, ClassId)>,
}

#[salsa::tracked(returns(ref))]
fn contribution(db: &dyn Db, file: SourceFile) -> Contribution {
    let mut res = Contribution::default();
    for &class in file_classes(db, file) {
        let Some(mapped) = mapped(db, class) else { continue };
        if mapped.registry != classical_registry() {
            res.classes.push((mapped.registry, class.name(db), class));
        }
        for base in &class_info(db, class).mro[1..] {
            let entry = (base.file(db), class);
            if entry.0 != file && !res.borrowers.contains(&entry) {
                res.borrowers.push(entry);
            }
        }
        if let Some(id) = mapped.table
            && inheritance(db, class) == Inheritance::Single
        {
            for member in members(db, class) {
                if let MemberKind::Column(column) = &member.kind {
                    res.columns.push((id, column.key));
                }
            }
        }
        if mapped.table.is_none() && mapped.mapping == crate::mappers::Mapping::Unknown {
            // A table there is, but nobody knows its name.
            res.tables.push((mapped.metadata, None, TableId::of_class(db, class)));
        }
    }
    for &id in file_tables(db, file) {
        if let Some(table) = table(db, id) {
            res.tables.push((table.metadata, table.key, id));
        }
    }
    res
}

/// The look-up tables over all files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Index {
    classes: FxHashMap<(RegistryId, Name), Vec<ClassId>>,
    by_name: FxHashMap<Name, Vec<(RegistryId, ClassId)>>,
    tables: FxHashMap<(MetadataId, Name), Vec<TableId>>,
    /// Tables whose metadata cannot be told, and which any metadata may turn out to own.
    floating: FxHashMap<Name, Vec<(MetadataId, TableId)>>,
    open: FxHashSet<MetadataId>,
    /// The metadata that mapped classes have tables in.
    mapped: FxHashSet<MetadataId>,
    columns: FxHashMap<TableId, Vec<Name>>,
    borrowers: FxHashMap<SourceFile, Vec<ClassId>>,
}

#[salsa::tracked(returns(ref))]
fn index(db: &dyn Db) -> Index {
    let mut res = Index::default();
    let Some(workspace) = Workspace::try_get(db) else { return res };
    for &file in &workspace.files(db).files {
        let contribution = contribution(db, file);
        for &(registry, name, class) in &contribution.classes {
            res.classes.entry((registry, name)).or_default().push(class);
            res.by_name.entry(name).or_default().push((registry, class));
        }
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
                None => {
                    res.open.insert(metadata);
                }
            }
        }
        for &(id, column) in &contribution.columns {
            res.columns.entry(id).or_default().push(column);
        }
        for &(file, class) in &contribution.borrowers {
            res.borrowers.entry(file).or_default().push(class);
        }
    }
    res
}

fn is_floating(metadata: MetadataId) -> bool {
    matches!(metadata, MetadataId::Unknown | MetadataId::Registry(RegistryId::Open(_)))
}

/// Whether binds have a metadata of their own depends on the release of Flask-SQLAlchemy.
fn is_bind(metadata: MetadataId) -> bool {
    matches!(metadata, MetadataId::Bind(..))
}

/// The classes that a registry knows under a name, by file and line.
#[salsa::tracked(returns(ref))]
pub fn classes_named(db: &dyn Db, registry: RegistryId, name: Name) -> Vec<ClassId> {
    index(db).classes.get(&(registry, name)).cloned().unwrap_or_default()
}

/// The tables that a metadata has under a key; those whose metadata cannot be told may be meant too.
#[salsa::tracked(returns(ref))]
pub fn tables_named(db: &dyn Db, metadata: MetadataId, key: Name) -> Vec<TableId> {
    let index = index(db);
    let known = index.tables.get(&(metadata, key)).into_iter().flatten();
    let floating = index.floating.get(&key).into_iter().flatten().filter(|it| it.0 != metadata).map(|it| &it.1);
    known.chain(floating).copied().collect()
}

#[salsa::tracked(returns(ref))]
fn open_metadata(db: &dyn Db) -> FxHashSet<MetadataId> {
    index(db).open.clone()
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
    is_floating(metadata) || is_bind(metadata) || open.contains(&metadata) || open.contains(&MetadataId::Unknown)
}

/// The mapped classes of other files that take attributes from the classes of this one.
#[salsa::tracked(returns(ref))]
pub fn borrowers(db: &dyn Db, file: SourceFile) -> Vec<ClassId> {
    index(db).borrowers.get(&file).cloned().unwrap_or_default()
}

/// Whether a mapped class has a table in a metadata. One that has none, such as those of migrations, describes a part
/// of a database, and its foreign keys may lead out of it.
pub fn has_mapped_classes(db: &dyn Db, metadata: MetadataId) -> bool {
    mapped_metadata(db).contains(&metadata)
}

#[salsa::tracked(returns(ref))]
fn mapped_metadata(db: &dyn Db) -> FxHashSet<MetadataId> {
    index(db).mapped.clone()
}

/// The classes that a file makes by calling `type(...)`.
#[salsa::tracked(returns(ref))]
fn file_made_classes(db: &dyn Db, file: SourceFile) -> Vec<Option<Name>> {
    file.facts(db).items().iter().flat_map(|(_, item)| item.made_classes.iter().copied()).collect()
}

#[salsa::tracked(returns(ref))]
fn made_classes(db: &dyn Db) -> FxHashSet<Option<Name>> {
    let Some(workspace) = Workspace::try_get(db) else { return FxHashSet::default() };
    workspace.files(db).files.iter().flat_map(|it| file_made_classes(db, *it).iter().copied()).collect()
}

/// Whether a class of this name may exist that no class statement makes.
pub(crate) fn may_be_made(db: &dyn Db, name: Name) -> bool {
    let made = made_classes(db);
    made.contains(&None) || made.contains(&Some(name))
}

/// The columns that single-table subclasses add to a table.
#[salsa::tracked(returns(ref))]
pub fn single_table_columns(db: &dyn Db, id: TableId) -> Vec<Name> {
    index(db).columns.get(&id).cloned().unwrap_or_default()
}

/// A mapped class of this name that another registry knows.
pub fn class_elsewhere(db: &dyn Db, registry: RegistryId, name: Name) -> Option<ClassId> {
    index(db).by_name.get(&name)?.iter().find(|it| it.0 != registry).map(|it| it.1)
}

/// All names of classes in a registry, sorted: for suggestions.
pub fn class_names(db: &dyn Db, registry: RegistryId) -> Vec<Name> {
    let mut res: Vec<Name> = index(db).classes.keys().filter(|it| it.0 == registry).map(|it| it.1).collect();
    res.sort_unstable_by_key(Name::as_str);
    res
}

/// All keys of tables in a metadata, sorted: for suggestions.
pub fn table_keys(db: &dyn Db, metadata: MetadataId) -> Vec<Name> {
    let mut res: Vec<Name> = index(db).tables.keys().filter(|it| it.0 == metadata).map(|it| it.1).collect();
    res.sort_unstable_by_key(Name::as_str);
    res
}

/// `Parent.children = relationship(...)`: attributes that a file sets on classes behind their body.
#[salsa::tracked(returns(ref))]
fn file_late_attributes(db: &dyn Db, file: SourceFile) -> Vec<(ClassId, Name, Place)> {
    let mut res = Vec::new();
    for (key, item) in file.facts(db).items() {
        for statement in &item.statements {
            let Stmt::Assign(assign) = statement else { continue };
            let (Expr::Attribute { object, name }, Some(value)) = (item.expr(assign.target), assign.value) else {
                continue;
            };
            let place = Place { item: ItemId::new(db, file, *key), class: None, expr: *object };
            if let Value::Class(class) = evaluate(db, place) {
                res.push((class, *name, place.with(value)));
            }
        }
    }
    res
}

#[salsa::tracked(returns(ref))]
fn all_late_attributes(db: &dyn Db) -> FxHashMap<ClassId, Vec<(Name, Place)>> {
    let mut res: FxHashMap<ClassId, Vec<(Name, Place)>> = FxHashMap::default();
    let Some(workspace) = Workspace::try_get(db) else { return res };
    for &file in &workspace.files(db).files {
        for &(class, name, place) in file_late_attributes(db, file) {
            res.entry(class).or_default().push((name, place));
        }
    }
    res
}

/// The attributes that are set on a class behind its body.
#[salsa::tracked(returns(ref))]
pub(crate) fn late_attributes(db: &dyn Db, class: ClassId) -> Vec<(Name, Place)> {
    all_late_attributes(db).get(&class).cloned().unwrap_or_default()
}
