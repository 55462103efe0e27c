//! The order in which mappers are configured: that in which their classes are made (`registry._mappers_to_configure`).
//!
//! Which file a program runs first cannot be told. Those that no other file imports come first, by their paths, each after
//! its packages and, as Python does it, what it imports within it. Where one of two files imports the other, that is the
//! order of every program.

use relmodel_facts::{BlockKind, Import, Item, Name, Stmt};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::contents::file_classes;
use crate::db::{ClassId, Db, ItemId, RelationshipId, SourceFile, TableId, Workspace};
use crate::imperative::{file_imperatives, imperative};
use crate::member::members;
use crate::module::{Module, module_file, resolve_module, submodule};

/// What a file does that the order depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Event {
    Import(SourceFile),
    Class(ClassId),
}

/// What a file does when it is imported, in source order.
#[salsa::tracked(returns(ref))]
fn events(db: &dyn Db, file: SourceFile) -> Vec<Event> {
    let mut res = Vec::new();
    let mut classes: FxHashMap<ItemId, Vec<ClassId>> = FxHashMap::default();
    for &class in file_classes(db, file).iter().filter(|it| imperative(db, **it).is_none()) {
        classes.entry(class.item(db)).or_default().push(class);
    }
    for (class, found) in file_imperatives(db, file) {
        classes.entry(found.call.item).or_default().push(*class);
    }
    for (key, item) in file.facts(db).items() {
        let id = ItemId::new(db, file, *key);
        add_imports(db, file, item, &item.statements, &mut res);
        res.extend(classes.remove(&id).into_iter().flatten().map(Event::Class));
    }
    res
}

/// Adds the files that statements import when the module runs.
fn add_imports(db: &dyn Db, file: SourceFile, item: &Item, statements: &[Stmt], out: &mut Vec<Event>) {
    for statement in statements {
        match statement {
            Stmt::Import(import) => add_import(db, file, import, out),
            Stmt::Block(block) if block.kind == BlockKind::Except => {}
            Stmt::Block(block) if block.is_for_types(item) => {}
            Stmt::Block(block) => add_imports(db, file, item, &block.body, out),
            _ => {}
        }
    }
}

fn add_import(db: &dyn Db, file: SourceFile, import: &Import, out: &mut Vec<Event>) {
    let mut add = |stem: Name| out.extend(module_file(db, stem).map(Event::Import));
    if !import.from {
        for name in &import.names {
            if let Module::Stem(stem) = resolve_module(db, file, 0, Some(name.name)) {
                add(stem);
            }
        }
        return;
    }
    let Module::Stem(stem) = resolve_module(db, file, import.level, import.module) else { return };
    add(stem);
    for name in &import.names {
        if let Some(stem) = submodule(db, stem, name.name) {
            add(stem);
        }
    }
}

/// The package that a file lies in, which is imported before it.
fn package_of(db: &dyn Db, file: SourceFile) -> Option<SourceFile> {
    let path: &'static str = file.path(db).as_str();
    let folder = path.strip_suffix("/__init__.py").unwrap_or(path).rsplit_once('/')?.0;
    module_file(db, Name::from(folder)).filter(|it| *it != file)
}

/// The order of everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Places {
    /// That in which the classes are made.
    classes: FxHashMap<ClassId, usize>,
    /// That in which the files are done.
    files: FxHashMap<SourceFile, usize>,
}

/// A file that is being imported, with what it has still to do.
struct Running<'a> {
    file: SourceFile,
    rest: &'a [Event],
}

#[salsa::tracked(returns(ref))]
fn all_places(db: &dyn Db) -> Places {
    let mut res = Places::default();
    let Some(workspace) = Workspace::try_get(db) else { return res };
    let files = &workspace.files(db).files;
    let imported: FxHashSet<SourceFile> = files.iter().flat_map(|it| imports(db, *it)).collect();
    let (later, first): (Vec<SourceFile>, Vec<_>) = files.iter().partition(|it| imported.contains(it));
    let mut seen = FxHashSet::default();
    for file in first.into_iter().chain(later) {
        run(db, file, &mut seen, &mut res);
    }
    res
}

/// The other files that a file imports.
fn imports(db: &dyn Db, file: SourceFile) -> impl Iterator<Item = SourceFile> + '_ {
    events(db, file).iter().filter_map(move |it| match it {
        Event::Import(other) => (*other != file).then_some(*other),
        Event::Class(_) => None,
    })
}

/// Runs a file, unless that was done before, and what it imports.
fn run(db: &dyn Db, file: SourceFile, seen: &mut FxHashSet<SourceFile>, places: &mut Places) {
    let mut running: Vec<Running<'_>> = Vec::new();
    start(db, file, seen, &mut running);
    while let Some(Running { file, rest }) = running.last_mut() {
        match rest.split_first() {
            None => {
                let next = places.files.len();
                places.files.insert(*file, next);
                running.pop();
            }
            Some((event, others)) => {
                *rest = others;
                match *event {
                    Event::Import(file) => start(db, file, seen, &mut running),
                    Event::Class(class) => {
                        let next = places.classes.len();
                        places.classes.entry(class).or_insert(next);
                    }
                }
            }
        }
    }
}

/// Begins to import a file, unless that was done before; its packages run first.
fn start<'a>(db: &'a dyn Db, file: SourceFile, seen: &mut FxHashSet<SourceFile>, running: &mut Vec<Running<'a>>) {
    let mut next = Some(file);
    while let Some(file) = next.filter(|it| seen.insert(*it)) {
        running.push(Running { file, rest: events(db, file) });
        next = package_of(db, file);
    }
}

/// Of tables, the one that is made first.
pub fn first_of(db: &dyn Db, tables: impl Iterator<Item = TableId>) -> Option<TableId> {
    let places = all_places(db);
    tables.min_by_key(|it| places.files.get(&it.file(db)))
}

/// Whether the mapper of one class is configured before that of another.
#[salsa::tracked(returns(copy))]
fn class_comes_before(db: &dyn Db, first: ClassId, second: ClassId) -> bool {
    let places = &all_places(db).classes;
    places.get(&first) < places.get(&second)
}

/// Whether a relationship is configured before another one. One that a backref makes is so within the one that has the
/// `backref`, before that is done.
pub(crate) fn configured_before(db: &dyn Db, first: RelationshipId, second: RelationshipId) -> bool {
    let (one, other) = (written(db, first), written(db, second));
    if one == other {
        return first.backref_of(db).is_some() && second.backref_of(db).is_none();
    }
    let (class, other_class) = (one.parent(db), other.parent(db));
    if class == other_class {
        return place_in_class(db, one) < place_in_class(db, other);
    }
    class_comes_before(db, class, other_class)
}

/// The relationship that stands in the source: for one that a backref makes, the one that has the `backref`.
pub(crate) fn written(db: &dyn Db, id: RelationshipId) -> RelationshipId {
    id.backref_of(db).map_or(id, |(class, key)| RelationshipId::new(db, class, key, None))
}

/// The place of an attribute among those of its class. What is set behind the class comes last.
fn place_in_class(db: &dyn Db, id: RelationshipId) -> (bool, Option<usize>) {
    let members = members(db, id.parent(db));
    let place = members.iter().position(|it| it.name == id.key(db));
    (place.is_some_and(|it| members[it].at.is_none()), place)
}
