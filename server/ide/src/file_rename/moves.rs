//! Paths before and after, and how a module is called from a file.
//!
//! A module is known by its *stem*: the path of its file without `.py`, or the folder of its `__init__.py`.

use relmodel_model::Name;

use super::FileMove;
use crate::rename::is_identifier;

/// What moves.
pub(super) struct Moves {
    files: Vec<FileMove>,
    folders: Vec<FileMove>,
}

impl Moves {
    /// Python files and folders that can still be imported; others say nothing.
    pub(super) fn new(moves: &[FileMove]) -> Self {
        let is_python = |it: &str| it.strip_suffix(".py").is_some();
        let named = moves.iter().filter(|it| is_identifier(last(stem_of(&it.new))));
        let files = named.clone().filter(|it| is_python(&it.old) && is_python(&it.new));
        let folders = named.filter(|it| !is_python(&it.old) && !is_python(&it.new));
        Self { files: files.cloned().collect(), folders: folders.cloned().collect() }
    }

    /// The path that a file gets.
    pub(super) fn path(&self, path: &str) -> Option<String> {
        let file = self.files.iter().find(|it| it.old == path).map(|it| it.new.clone());
        file.or_else(|| self.in_folder(path))
    }

    /// The stem that a module gets. A package whose `__init__.py` alone moves is none that others could follow.
    pub(super) fn stem(&self, stem: &str) -> Option<String> {
        let is_it = |it: &&FileMove| stem_of(&it.old) == stem && !it.old.ends_with("/__init__.py");
        let file = self.files.iter().find(is_it).map(|it| stem_of(&it.new).to_owned());
        file.or_else(|| self.in_folder(stem)).filter(|it| it != stem)
    }

    /// A word for each module that moves, which is in whatever imports it.
    pub(super) fn words(&self) -> Vec<String> {
        let all = self.files.iter().chain(&self.folders).map(|it| last(stem_of(&it.old)).to_owned());
        let mut res: Vec<String> = all.collect();
        res.sort();
        res.dedup();
        res
    }

    fn in_folder(&self, path: &str) -> Option<String> {
        self.folders.iter().find_map(|it| match below(path, &it.old) {
            Some(rest) => Some(format!("{}/{rest}", it.new)),
            None => (path == it.old).then(|| it.new.clone()),
        })
    }
}

/// The stem of the module in a file.
pub(super) fn stem_of(path: &str) -> &str {
    let stem = path.strip_suffix(".py").unwrap_or(path);
    stem.strip_suffix("/__init__").unwrap_or(stem)
}

/// What a path holds behind a folder.
pub(super) fn below<'a>(path: &'a str, folder: &str) -> Option<&'a str> {
    path.strip_prefix(folder.trim_end_matches('/'))?.strip_prefix('/')
}

/// The last part of a stem.
pub(super) fn last(stem: &str) -> &str {
    stem.rsplit('/').next().unwrap_or(stem)
}

/// The folder of a stem.
pub(super) fn parent(stem: &str) -> &str {
    stem.rsplit_once('/').map_or("", |it| it.0)
}

/// A path as Python writes it, if it can.
fn dotted(path: &str) -> Option<String> {
    path.split('/').all(is_identifier).then(|| path.replace('/', "."))
}

/// A file that imports.
pub(super) struct Importer {
    /// Its path.
    pub(super) old: String,
    /// The path it gets.
    new: String,
    /// The folders that its absolute imports are looked up in, best first.
    pub(super) search_path: Vec<String>,
}

impl Importer {
    pub(super) fn new(path: &str, search_path: &[Name], moves: &Moves) -> Self {
        let new = moves.path(path).unwrap_or_else(|| path.to_owned());
        let search_path = search_path.iter().map(ToString::to_string).collect();
        Self { old: path.to_owned(), new, search_path }
    }

    /// The stem that so many dots and a module behind them mean.
    pub(super) fn relative_stem(&self, level: usize, module: &str) -> Option<String> {
        let mut folder = self.old.as_str();
        for _ in 0..level {
            folder = folder.rsplit_once('/')?.0;
        }
        Some(join(folder, module))
    }

    /// The stems that an absolute import may mean, best first.
    pub(super) fn absolute_stems(&self, module: &str) -> impl Iterator<Item = String> {
        self.search_path.iter().map(move |it| join(it, module))
    }

    /// How a module is called from here, when all has moved: by dots, or else by its whole name.
    pub(super) fn spelled(&self, stem: &str, is_relative: bool) -> Option<String> {
        let relative = if is_relative { self.relative(stem) } else { None };
        relative.or_else(|| self.absolute(stem))
    }

    /// The whole name of a module.
    pub(super) fn absolute(&self, stem: &str) -> Option<String> {
        self.search_path.iter().find_map(|it| dotted(below(stem, it)?))
    }

    /// A name with the fewest dots, from within a package.
    fn relative(&self, stem: &str) -> Option<String> {
        let root = self.search_path.iter().find(|it| below(&self.new, it).is_some())?;
        let mut folder = self.new.as_str();
        let mut dots = String::new();
        loop {
            folder = folder.rsplit_once('/')?.0;
            below(folder, root)?;
            dots.push('.');
            if stem == folder {
                return Some(dots);
            }
            if let Some(rest) = below(stem, folder) {
                return Some(format!("{dots}{}", dotted(rest)?));
            }
        }
    }
}

fn join(folder: &str, module: &str) -> String {
    if module.is_empty() { folder.to_owned() } else { format!("{folder}/{}", module.replace('.', "/")) }
}
