//! The database: its inputs, and the ids that everything else is keyed by.

// Salsa's macros make constructors and setters that cannot carry documentation.
#![allow(missing_docs)]

use std::sync::Arc;

use relmodel_facts::{Class, Expr, ExprId, FileFacts, Item, ItemKey, ItemKind, Name, Nth};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::rare::RareFiles;

/// What the queries of this crate need: salsa's storage.
#[salsa::db]
pub trait Db: salsa::Database {}

/// A Python file. Its fields are set by the workspace layer only.
#[salsa::input(debug)]
pub struct SourceFile {
    /// The path, `/`-separated; unique among the files.
    #[returns(copy)]
    pub path: Name,
    /// The dotted name under which Python would import it.
    #[returns(copy)]
    pub module: Name,
    /// The folders that absolute imports in it are looked up in, best first.
    #[returns(ref)]
    pub search_path: Arc<[Name]>,
    /// What it says.
    #[returns(ref)]
    pub facts: Arc<FileFacts>,
}

/// The files that are seen together.
#[salsa::input(singleton, debug)]
pub struct Workspace {
    /// The files.
    #[returns(ref)]
    pub files: Arc<FileSet>,
    /// Those of the files that are open in an editor, so that edits are to be expected.
    #[returns(ref)]
    pub open: Arc<FxHashSet<SourceFile>>,
    /// The files with statements that may concern any class.
    #[returns(ref)]
    pub rare: Arc<RareFiles>,
    /// The SQLAlchemy that the project runs with.
    #[returns(copy)]
    pub sqlalchemy: SqlAlchemy,
}

/// A set of files that imports can be resolved in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileSet {
    /// All files, sorted by path.
    pub files: Vec<SourceFile>,
    /// The files by what an import finds them under: the path without `.py`, or the folder of an `__init__.py`.
    pub by_stem: FxHashMap<Name, SourceFile>,
    /// The folders that hold files, directly or further down: packages with and without `__init__.py`.
    pub folders: FxHashSet<Name>,
}

impl FileSet {
    /// The set of these files.
    pub fn new(db: &dyn Db, mut files: Vec<SourceFile>) -> Self {
        files.sort_by_key(|it| it.path(db).as_str());
        let mut by_stem = FxHashMap::default();
        let mut folders = FxHashSet::default();
        for &file in &files {
            let path: &'static str = file.path(db).as_str();
            let stem = path.strip_suffix(".py").unwrap_or(path);
            by_stem.entry(Name::from(stem)).or_insert(file);
            let mut rest = stem;
            while let Some((folder, last)) = rest.rsplit_once('/') {
                // A package wins over a module of the same name, as in Python.
                if rest.len() == stem.len() && last == "__init__" {
                    by_stem.insert(Name::from(folder), file);
                }
                if !folders.insert(Name::from(folder)) {
                    break;
                }
                rest = folder;
            }
        }
        Self { files, by_stem, folders }
    }
}

/// A line of SQLAlchemy releases whose behaviour differs from the others'.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SqlAlchemy {
    /// 1.4
    V1_4,
    /// 2.0
    #[default]
    V2_0,
    /// 2.1
    V2_1,
}

/// A top-level statement of a file.
// Ids are never collected (`revisions = usize::MAX`), which is what makes the lifetime needless.
#[allow(unsafe_code)]
#[salsa::interned(unsafe(no_lifetime), revisions = usize::MAX, debug)]
pub struct ItemId {
    /// The file it stands in.
    #[returns(copy)]
    pub file: SourceFile,
    /// Which of its statements.
    #[returns(copy)]
    pub key: ItemKey,
}

/// A class: a statement, or a call `type(...)` that makes one.
#[allow(unsafe_code)]
#[salsa::interned(unsafe(no_lifetime), revisions = usize::MAX, debug)]
pub struct ClassId {
    /// The item it stands in.
    #[returns(copy)]
    pub item: ItemId,
    /// Its place among the item's classes.
    #[returns(copy)]
    pub index: u32,
    /// For one that stands in a function, the run that makes it.
    #[returns(copy)]
    pub scope: Option<ScopeId>,
}

/// A run of a function: what its names are bound to.
#[allow(unsafe_code)]
#[salsa::interned(unsafe(no_lifetime), revisions = usize::MAX, debug)]
pub struct ScopeId {
    /// The function, by its place among the functions of the item that holds what is evaluated.
    #[returns(copy)]
    pub function: u32,
    /// What its first parameter is: the class that a `declared_attr` or a class method is asked for.
    #[returns(copy)]
    pub receiver: Option<ClassId>,
    /// The call that gives the other parameters.
    #[returns(copy)]
    pub call: Option<Place>,
}

/// A relationship of a mapped class, written or made by a `backref`.
#[allow(unsafe_code)]
#[salsa::interned(unsafe(no_lifetime), revisions = usize::MAX, debug)]
pub struct RelationshipId {
    /// The class whose mapper owns it.
    #[returns(copy)]
    pub parent: ClassId,
    /// The attribute's name.
    #[returns(copy)]
    pub key: Name,
    /// For one that a `backref` makes, the class and key of the relationship that holds the `backref`.
    #[returns(copy)]
    pub backref_of: Option<(ClassId, Name)>,
}

/// A name at the top level of a file, bound or not. It is what is asked for most often; salsa would look after the two
/// arguments of a query as ids that it may give back.
#[allow(unsafe_code)]
#[salsa::interned(unsafe(no_lifetime), revisions = usize::MAX, debug)]
pub(crate) struct TopLevelName {
    #[returns(copy)]
    pub file: SourceFile,
    #[returns(copy)]
    pub name: Name,
}

/// An expression within a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    /// The item it stands in.
    pub item: ItemId,
    /// The class whose body it stands in, by its place among the item's classes.
    pub class: Option<Nth>,
    /// The run of a function that it is evaluated in.
    pub scope: Option<ScopeId>,
    /// The expression.
    pub expr: ExprId,
}

/// What names classes for string look-up: one per declarative base.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RegistryId {
    /// Made by a subclass of `DeclarativeBase`, or by a class decorated with `as_declarative()`.
    Class(ClassId),
    /// Made by a call: `declarative_base()`, `registry()`.
    Call(Place),
    /// The one of a package that is known by what it does: `sqlmodel.SQLModel`.
    Library(Name),
    /// The base is not among the files read; known by its dotted name alone.
    Open(Name),
}

/// What owns tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MetadataId {
    /// A registry's own.
    Registry(RegistryId),
    /// A `MetaData()` call.
    Call(Place),
    /// That of a bind key of the `SQLAlchemy()` object of Flask that this call makes.
    Bind(Place, Name),
    /// One that cannot be told.
    Unknown,
}

/// A table.
#[allow(unsafe_code)]
#[salsa::interned(unsafe(no_lifetime), revisions = usize::MAX, debug)]
pub struct TableId {
    /// What makes it.
    #[returns(copy)]
    pub source: TableSource,
}

/// What makes a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TableSource {
    /// A class with `__tablename__`.
    Class(ClassId),
    /// A `Table(...)` call.
    Call(Place),
}

impl TableId {
    /// The table of a `Table(...)` call, wherever the call is reached from.
    pub(crate) fn of_call(db: &dyn Db, call: Place) -> Self {
        Self::new(db, TableSource::Call(Place { class: None, ..call }))
    }

    /// The table that a class with `__tablename__` makes.
    pub fn of_class(db: &dyn Db, class: ClassId) -> Self {
        Self::new(db, TableSource::Class(class))
    }

    /// The file it is written in.
    pub fn file(self, db: &dyn Db) -> SourceFile {
        match self.source(db) {
            TableSource::Class(class) => class.file(db),
            TableSource::Call(call) => call.item.file(db),
        }
    }

    /// Whether it is made in an `if`, a `try` or the like, or when a function runs, so that it may be one of several that
    /// exclude each other.
    pub fn is_conditional(self, db: &dyn Db) -> bool {
        let item = match self.source(db) {
            TableSource::Class(class) => class.item(db),
            TableSource::Call(call) if call.scope.is_some() => return true,
            TableSource::Call(call) => call.item,
        };
        item.key(db).kind == ItemKind::Block
    }
}

/// The statement of an id; `None` when an edit has removed it.
#[salsa::tracked(returns(as_deref))]
pub fn item(db: &dyn Db, id: ItemId) -> Option<Arc<Item>> {
    let key = id.key(db);
    if key.kind == ItemKind::Text {
        return text_item(db, id).as_ref().map(|it| Arc::clone(&it.0));
    }
    id.file(db).facts(db).item(key).cloned()
}

#[salsa::tracked(returns(ref))]
fn text_item(db: &dyn Db, id: ItemId) -> Option<(Arc<Item>, ExprId)> {
    relmodel_facts::expression_of(&id.key(db).name).map(|(item, root)| (Arc::new(item), root))
}

/// How many top-level statements stand before an item. Asked for by each item, so that an edit which moves none of them
/// concerns nobody who asks.
#[salsa::tracked(returns(copy))]
fn nth_item(db: &dyn Db, id: ItemId) -> Option<usize> {
    id.file(db).facts(db).index_of(id.key(db))
}

impl ItemId {
    /// How many top-level statements of its file stand before it; `None` when an edit has removed it.
    pub fn nth(self, db: &dyn Db) -> Option<usize> {
        nth_item(db, self)
    }

    /// The class that a call `type(...)` in the statement makes, by its place among the classes.
    pub(crate) fn made_class(self, db: &dyn Db, call: ExprId) -> Option<u32> {
        let item = item(db, self)?;
        let index = item.classes.iter().position(|it| it.made.is_some_and(|it| it.0 == call))?;
        u32::try_from(index).ok()
    }
}

impl ClassId {
    /// The file it stands in.
    pub fn file(self, db: &dyn Db) -> SourceFile {
        self.item(db).file(db)
    }

    /// What `read` makes of the class statement; `None` when an edit has removed it.
    pub fn read<T>(self, db: &dyn Db, read: impl FnOnce(&Item, &Class) -> T) -> Option<T> {
        let item = item(db, self.item(db))?;
        let class = item.classes.get(self.index(db) as usize)?;
        Some(read(item, class))
    }

    /// An expression in its body.
    pub fn place(self, db: &dyn Db, expr: ExprId) -> Place {
        // The content of a class made by a call is evaluated where the call stands.
        let is_made = self.read(db, |_, class| class.made.is_some()) == Some(true);
        let class = Some(self.index(db).into()).filter(|_| !is_made);
        Place { item: self.item(db), class, scope: self.scope(db), expr }
    }

    /// An expression in its header: a base, a decorator.
    pub(crate) fn header(self, db: &dyn Db, expr: ExprId) -> Place {
        Place { item: self.item(db), class: None, scope: self.scope(db), expr }
    }

    /// An expression in a method of its body, which is asked for on the class `receiver`.
    pub(crate) fn method_place(self, db: &dyn Db, function: u32, receiver: Option<Self>, expr: ExprId) -> Place {
        let scope = ScopeId::new(db, function, receiver, None);
        Place { item: self.item(db), class: Some(self.index(db).into()), scope: Some(scope), expr }
    }

    /// Its name; empty for a class made by a call whose name cannot be told.
    pub fn name(self, db: &dyn Db) -> Name {
        let Some((name, made)) = self.read(db, |_, class| (class.name, class.made)) else { return Name::default() };
        match made {
            Some((_, expr)) if name.is_empty() => made_name(db, self, expr),
            _ => name,
        }
    }

    /// Module and qualified name, as Python would import it: `shop.models.Parent`.
    pub fn dotted_name(self, db: &dyn Db) -> String {
        let name = self.read(db, |_, class| class.qualified_name).unwrap_or_default();
        let name = if name.is_empty() { self.name(db) } else { name };
        format!("{}.{name}", self.file(db).module(db))
    }
}

/// The name that `type(...)` is given, where it is no literal.
#[salsa::tracked(returns(copy), cycle_result = made_name_cycle)]
fn made_name(db: &dyn Db, class: ClassId, name: ExprId) -> Name {
    crate::constant::string_value(db, class.place(db, name)).map(|it| Name::from(&it)).unwrap_or_default()
}

fn made_name_cycle(_: &dyn Db, _: salsa::Id, _: ClassId, _: ExprId) -> Name {
    Name::default()
}

impl Place {
    /// An expression at the top level of a statement.
    pub fn new(item: ItemId, expr: ExprId) -> Self {
        Self { item, class: None, scope: None, expr }
    }

    /// The expression that a text means, which is put together in the file of this place.
    pub(crate) fn of_text(self, db: &dyn Db, text: &str) -> Option<Self> {
        Self::of_text_in(db, self.item.file(db), text)
    }

    /// The expression that a text means at the top level of a file.
    pub(crate) fn of_text_in(db: &dyn Db, file: SourceFile, text: &str) -> Option<Self> {
        let key = ItemKey { kind: ItemKind::Text, name: Name::from(text), nth: 0 };
        let id = ItemId::new(db, file, key);
        Some(Self::new(id, text_item(db, id).as_ref()?.1))
    }

    /// Another expression of the same statement.
    #[must_use]
    pub fn with(self, expr: ExprId) -> Self {
        Self { expr, ..self }
    }

    /// The class whose body it stands in.
    pub fn enclosing_class(self, db: &dyn Db) -> Option<ClassId> {
        let index = self.class?;
        let function = item(db, self.item)?.classes.get(index.index())?.function;
        let scope = self.scope.filter(|it| function == Some(it.function(db)));
        Some(ClassId::new(db, self.item, u32::from(index), scope))
    }

    /// The statement it stands in and the expression; [`Expr::Missing`] when an edit has removed it.
    pub fn read<T>(self, db: &dyn Db, read: impl FnOnce(&Item, &Expr) -> T) -> T {
        match item(db, self.item) {
            Some(item) => read(item, item.expr(self.expr)),
            None => read(&Item::default(), &Expr::Missing),
        }
    }

    /// The expression.
    pub fn get(self, db: &dyn Db) -> &Expr {
        static MISSING: Expr = Expr::Missing;
        item(db, self.item).map_or(&MISSING, |it| it.expr(self.expr))
    }

    /// A copy of the expression.
    pub fn expr(self, db: &dyn Db) -> Expr {
        self.get(db).clone()
    }
}
