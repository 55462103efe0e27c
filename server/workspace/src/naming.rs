//! What a file is called when Python imports it, and where its absolute imports are looked for.

use std::path::{Path, PathBuf};

use rustc_hash::FxHashMap;

use crate::paths::path_key;
use crate::project::is_installed;

/// The name of a file as a module and its search path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ModuleName {
    /// Dotted, as Python would import it: `shop.models`.
    pub module: String,
    /// Keys of the folders that absolute imports are looked for in, best first.
    pub search_path: Vec<String>,
}

/// Names files. Remembers which folders are packages, so that each is looked at once.
#[derive(Default)]
pub(crate) struct Namer {
    packages: FxHashMap<PathBuf, bool>,
}

impl Namer {
    /// The name of `file`, which lies in the project `root`, whose packages lie in `sources` too, or in one of the folders
    /// of installed packages, `sites`.
    pub(crate) fn name(&mut self, file: &Path, root: &Path, sources: &[PathBuf], sites: &[PathBuf]) -> ModuleName {
        let is_own = file.starts_with(root) && !is_installed(file);
        if let Some(site) = sites.iter().find(|it| !is_own && file.starts_with(it)) {
            let others = sites.iter().filter(|it| *it != site);
            let search_path = std::iter::once(site).chain(others).map(|it| path_key(it)).collect();
            return ModuleName { module: dotted(file, site), search_path };
        }
        let folder = file.parent().unwrap_or(file);
        let is_in_package = self.is_package(folder);
        let base = if is_in_package { self.above_topmost(folder) } else { source_root(folder, root, sources) };
        let mut search_path = vec![path_key(&base)];
        let mut add = |it: &Path| {
            let key = path_key(it);
            if !search_path.contains(&key) {
                search_path.push(key);
            }
        };
        if base.starts_with(root) {
            base.ancestors().take_while(|it| it.starts_with(root)).for_each(&mut add);
            sources.iter().filter(|it| it.is_dir()).for_each(|it| add(it));
        }
        if !is_in_package {
            add(folder);
        }
        for site in sites {
            add(site);
        }
        ModuleName { module: dotted(file, &base), search_path }
    }

    fn is_package(&mut self, folder: &Path) -> bool {
        if let Some(known) = self.packages.get(folder) {
            return *known;
        }
        let is_package = folder.join("__init__.py").is_file();
        self.packages.insert(folder.to_path_buf(), is_package);
        is_package
    }

    fn above_topmost(&mut self, folder: &Path) -> PathBuf {
        let mut it = folder;
        while self.is_package(it) {
            let Some(parent) = it.parent() else { break };
            it = parent;
        }
        it.to_path_buf()
    }
}

/// The folder that a file outside any package is named from.
fn source_root(folder: &Path, root: &Path, sources: &[PathBuf]) -> PathBuf {
    if !folder.starts_with(root) {
        return folder.to_path_buf();
    }
    let holding = sources.iter().filter(|it| folder.starts_with(it));
    holding.max_by_key(|it| it.as_os_str().len()).cloned().unwrap_or_else(|| root.to_path_buf())
}

fn dotted(file: &Path, base: &Path) -> String {
    let relative = file.strip_prefix(base).unwrap_or(file).with_extension("");
    let mut parts: Vec<_> = relative.iter().map(|it| it.to_string_lossy().into_owned()).collect();
    if parts.len() > 1 && parts.last().is_some_and(|it| it == "__init__") {
        parts.pop();
    }
    parts.join(".")
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    /// Names `file` in a project with the given files; folders are shown relative to the project.
    fn check(files: &[&str], file: &str, module: &str, search_path: &[&str]) {
        let folder = tempfile::tempdir().unwrap();
        for file in files.iter().chain([&file]) {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
        }
        let sources = [folder.path().join("src"), folder.path().join("lib")];
        let name = Namer::default().name(&folder.path().join(file), folder.path(), &sources, &[]);
        let key = path_key(folder.path());
        let shown: Vec<_> =
            name.search_path.iter().map(|it| it.strip_prefix(&key).unwrap().trim_start_matches('/')).collect();
        assert_eq!((name.module.as_str(), shown.as_slice()), (module, search_path));
    }

    #[test]
    fn a_packages_file_is_named_from_above_the_topmost_package() {
        check(&["shop/__init__.py", "shop/m/__init__.py"], "shop/m/parent.py", "shop.m.parent", &[""]);
        check(&["shop/__init__.py"], "shop/__init__.py", "shop", &[""]);
    }

    #[test]
    fn a_package_below_src_is_named_without_src() {
        check(&["src/shop/__init__.py"], "src/shop/parent.py", "shop.parent", &["src", ""]);
    }

    #[test]
    fn a_file_outside_packages_is_named_from_the_root_and_finds_its_neighbours() {
        check(&[], "scripts/job.py", "scripts.job", &["", "scripts"]);
        check(&["src/x.py"], "src/ns/job.py", "ns.job", &["src", "", "src/ns"]);
    }

    #[test]
    fn a_nested_package_keeps_the_root_in_its_search_path() {
        check(&["backend/app/__init__.py"], "backend/app/a.py", "app.a", &["backend", ""]);
    }
}
