//! Which of the files that the analysis does not hold are needed after all, because a kept file imports from them: those
//! that the prefilter passed over, for a constant that a foreign key's text is made of, a base under another name, a
//! re-export; those of installed packages, for bases and mixins too.
//!
//! Imports are read from the text by lines, not by the grammar: too many are harmless, and it must be cheap.

use rustc_hash::FxHashSet;

/// An import statement of any form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Import {
    /// Leading dots.
    level: usize,
    /// The dotted module behind the dots; empty in `from . import a`.
    module: String,
    /// What is imported from it, each with the name it gets here; none in `import a`.
    names: Vec<(String, String)>,
}

/// The files that the analysis does not hold yet but may.
pub(crate) trait Source {
    /// Whether there is such a file, by its key.
    fn has(&mut self, key: &str) -> bool;

    /// The text of a file that there is.
    fn read(&self, key: &str) -> Option<String>;

    /// Whether a file of this text may declare anything mapped, so that all that it imports is needed. Files of the
    /// project that may are held anyway.
    fn may_declare(&self, key: &str, text: &str) -> bool;
}

/// Finds the files that imports need.
pub(crate) struct Needed<'a> {
    source: &'a mut dyn Source,
    /// What was found so far: the keys of files.
    pub files: Vec<String>,
    found: FxHashSet<String>,
    seen: FxHashSet<(String, String)>,
}

impl<'a> Needed<'a> {
    /// Begins with nothing found.
    pub(crate) fn new(source: &'a mut dyn Source) -> Self {
        Self { source, files: Vec::new(), found: FxHashSet::default(), seen: FxHashSet::default() }
    }

    /// Adds what a kept file with these imports needs, and what that needs in turn: to pass the same names on, or to
    /// declare what it does. `installed` are the folders that imports of installed packages are looked up in.
    pub(crate) fn add(&mut self, file: &str, imported: &[Import], search_path: &[String], installed: &[String]) {
        let mut queue = Vec::new();
        for import in imported {
            self.request(file, import, search_path, |_| true, &mut queue);
        }
        while let Some((target, name)) = queue.pop() {
            if !self.seen.insert((target.clone(), name.clone())) {
                continue;
            }
            let is_new = self.found.insert(target.clone());
            if is_new {
                self.files.push(target.clone());
            }
            let Some(text) = self.source.read(&target) else { continue };
            let is_installed = installed.iter().any(|it| crate::paths::is_within(&target, it));
            let search_path = if is_installed { installed } else { search_path };
            let is_whole = is_new && self.source.may_declare(&target, &text);
            for import in imports(&text) {
                let is_wanted = |local: &str| is_whole || local == name || local == "*" || name == "*";
                self.request(&target, &import, search_path, is_wanted, &mut queue);
            }
        }
    }

    /// Queues the files behind those names of an import that are wanted, with the name to look for in each.
    fn request(
        &mut self,
        file: &str,
        import: &Import,
        search_path: &[String],
        is_wanted: impl Fn(&str) -> bool,
        queue: &mut Vec<(String, String)>,
    ) {
        for place in places(file, import, search_path) {
            for module_file in module_files(&place) {
                if !self.source.has(&module_file) {
                    continue;
                }
                if import.names.is_empty() {
                    queue.push((module_file, String::new()));
                    continue;
                }
                let wanted = import.names.iter().filter(|(_, local)| is_wanted(local));
                queue.extend(wanted.map(|(name, _)| (module_file.clone(), name.clone())));
            }
            for (name, _) in import.names.iter().filter(|(_, local)| is_wanted(local)) {
                for module_file in module_files(&format!("{place}/{name}")) {
                    if self.source.has(&module_file) {
                        queue.push((module_file, String::new()));
                    }
                }
            }
        }
    }
}

/// Where the module of an import may lie, as keys without an extension.
fn places(file: &str, import: &Import, search_path: &[String]) -> Vec<String> {
    let below = |folder: &str| {
        let parts = import.module.split('.').filter(|it| !it.is_empty());
        parts.fold(folder.trim_end_matches('/').to_owned(), |path, part| path + "/" + part)
    };
    if import.level == 0 {
        return search_path.iter().map(|it| below(it)).collect();
    }
    let folder = (0..import.level).try_fold(file, |path, _| Some(path.rsplit_once('/')?.0));
    folder.map(below).into_iter().collect()
}

fn module_files(place: &str) -> [String; 2] {
    [format!("{place}.py"), format!("{place}/__init__.py")]
}

/// The imports of a text.
pub(crate) fn imports(text: &str) -> Vec<Import> {
    let mut res = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let line = line.trim_start();
        if let Some(rest) = line.strip_prefix("import ") {
            res.extend(rest.split(',').filter_map(module_import));
        } else if let Some(rest) = line.strip_prefix("from ") {
            let Some((module, names)) = rest.split_once(" import") else { continue };
            let mut names = without_comment(names).to_owned();
            while (names.contains('(') && !names.contains(')')) || names.ends_with('\\') {
                let Some(next) = lines.next() else { break };
                names.truncate(names.trim_end_matches('\\').len());
                names.push_str(without_comment(next));
            }
            res.push(name_import(module.trim(), &names));
        }
    }
    res
}

fn without_comment(line: &str) -> &str {
    line.split('#').next().unwrap_or(line).trim_end()
}

fn module_import(text: &str) -> Option<Import> {
    let module = without_comment(text).split_whitespace().next()?.to_owned();
    Some(Import { level: 0, module, names: Vec::new() })
}

fn name_import(module: &str, names: &str) -> Import {
    let name_and_alias = |text: &str| {
        let mut words = text.split_whitespace();
        let name = words.next()?.to_owned();
        let alias = words.nth(1).map_or_else(|| name.clone(), str::to_owned);
        Some((name, alias))
    };
    let rest = module.trim_start_matches('.');
    Import {
        level: module.len() - rest.len(),
        module: rest.trim().to_owned(),
        names: names.trim_matches(|it: char| "() \t".contains(it)).split(',').filter_map(name_and_alias).collect(),
    }
}

#[cfg(test)]
mod tests {
    use rustc_hash::FxHashMap;

    use super::*;

    /// What `text`, as the kept file `/p/app/models.py`, needs of the files that were passed over.
    fn check(text: &str, passed_over: &[(&str, &str)], expected: &[&str]) {
        let mut source = Texts(passed_over.iter().copied().collect());
        let mut needed = Needed::new(&mut source);
        let (own, site) = ("/p".to_owned(), "/site".to_owned());
        needed.add("/p/app/models.py", &imports(text), &[own, site.clone()], &[site]);
        needed.files.sort();
        assert_eq!(needed.files, expected);
    }

    struct Texts<'a>(FxHashMap<&'a str, &'a str>);

    impl Source for Texts<'_> {
        fn has(&mut self, key: &str) -> bool {
            self.0.contains_key(key)
        }

        fn read(&self, key: &str) -> Option<String> {
            self.0.get(key).map(|it| (*it).to_owned())
        }

        fn may_declare(&self, _: &str, text: &str) -> bool {
            text.contains("sqlalchemy")
        }
    }

    #[test]
    fn what_an_installed_file_declares_is_needed_with_all_its_imports() {
        let files = [
            ("/site/lib/base.py", "import sqlalchemy\nfrom lib.mixins import Id\nfrom .names import LENGTH\n"),
            ("/site/lib/mixins.py", ""),
            ("/site/lib/names.py", "from lib import other"),
            ("/site/lib/other.py", ""),
        ];
        check(
            "from lib.base import Base\n",
            &files,
            &["/site/lib/base.py", "/site/lib/mixins.py", "/site/lib/names.py"],
        );
    }

    #[test]
    fn the_file_of_an_imported_name_is_needed() {
        let files = [("/p/app/names.py", "SCHEMA = 'x'"), ("/p/app/other.py", ""), ("/p/app/sub/__init__.py", "")];
        check("from .names import SCHEMA\n", &files, &["/p/app/names.py"]);
        check("from app.names import (  # why\n    SCHEMA,\n    X as Y,\n)\n", &files, &["/p/app/names.py"]);
        check("    from app import other, \\\n        sub\n", &files, &["/p/app/other.py", "/p/app/sub/__init__.py"]);
        check("import os, app.other as o\n", &files, &["/p/app/other.py"]);
    }

    #[test]
    fn a_name_is_followed_through_files_that_pass_it_on() {
        let files = [
            ("/p/a.py", "from b import Real as Thing\nfrom c import Other\n"),
            ("/p/b.py", "from d import *\n"),
            ("/p/c.py", ""),
            ("/p/d.py", "class Real: ..."),
        ];
        check("from a import Thing\n", &files, &["/p/a.py", "/p/b.py", "/p/d.py"]);
    }

    #[test]
    fn circles_end() {
        let files = [("/p/a.py", "from b import X\n"), ("/p/b.py", "from a import X\n")];
        check("from a import X\n", &files, &["/p/a.py", "/p/b.py"]);
    }
}
