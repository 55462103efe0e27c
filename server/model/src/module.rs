//! Which file an import means, as Python's import system finds it.

use relmodel_facts::Name;

use crate::db::{Db, SourceFile, Workspace};
use crate::library::is_known_package;

/// What a dotted module name means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Module {
    /// A file or folder of the workspace, by its path without `.py`.
    Stem(Name),
    /// Something that was not read, by its dotted name.
    Library(Name),
    /// A relative import that leads nowhere.
    Unknown,
}

/// The file of a module, by its path without `.py`; `None` for a folder without `__init__.py`.
pub fn module_file(db: &dyn Db, stem: Name) -> Option<SourceFile> {
    Workspace::try_get(db)?.files(db).by_stem.get(&stem).copied()
}

/// Where imports are looked up from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Home<'a> {
    /// The path of the file that imports.
    pub(crate) path: &'a str,
    /// The folders that its absolute imports are looked up in, best first.
    pub(crate) search_path: &'a [Name],
}

impl<'a> Home<'a> {
    pub(crate) fn of(db: &'a dyn Db, file: SourceFile) -> Self {
        Self { path: file.path(db).as_str(), search_path: file.search_path(db) }
    }
}

/// What `from <level dots><module>` means in `file`.
pub(crate) fn resolve_module(db: &dyn Db, file: SourceFile, level: u32, module: Option<Name>) -> Module {
    resolve_module_from(db, Home::of(db, file), level, module)
}

/// The same for a file that need not be one of the workspace's.
pub(crate) fn resolve_module_from(db: &dyn Db, home: Home<'_>, level: u32, module: Option<Name>) -> Module {
    if level == 0 {
        let Some(module) = module else { return Module::Unknown };
        return resolve_absolute(db, home, module);
    }
    let Some(folder) = folder_at(home.path, level) else { return Module::Unknown };
    let stem = match module {
        Some(module) => Name::from(&format!("{folder}/{}", module.replace('.', "/"))),
        None => Name::from(folder),
    };
    if exists(db, stem) { Module::Stem(stem) } else { Module::Unknown }
}

fn resolve_absolute(db: &dyn Db, home: Home<'_>, module: Name) -> Module {
    let path = module.replace('.', "/");
    if !is_known_package(module) {
        for folder in home.search_path {
            let stem = join(folder.as_str(), &path);
            if exists(db, stem) {
                return Module::Stem(stem);
            }
        }
    }
    Module::Library(module)
}

/// The module `name` inside the module or folder `stem`.
pub(crate) fn submodule(db: &dyn Db, stem: Name, name: Name) -> Option<Name> {
    let stem = join(stem.as_str(), name.as_str());
    exists(db, stem).then_some(stem)
}

fn join(folder: &str, path: &str) -> Name {
    if folder.is_empty() { Name::from(path) } else { Name::from(&format!("{folder}/{path}")) }
}

/// The folder that `level` leading dots mean in the file at `path`.
fn folder_at(path: &str, level: u32) -> Option<&str> {
    let mut folder = path;
    for _ in 0..level {
        folder = folder.rsplit_once('/')?.0;
    }
    Some(folder)
}

fn exists(db: &dyn Db, stem: Name) -> bool {
    let Some(workspace) = Workspace::try_get(db) else { return false };
    let files = workspace.files(db);
    files.by_stem.contains_key(&stem) || files.folders.contains(&stem)
}
