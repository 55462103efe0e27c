//! Where a project begins: the folder whose files are loaded together.

use std::path::{Path, PathBuf};

/// A folder that holds one of these is a project.
const MARKERS: &[&str] = &["pyproject.toml", "relmodel.toml", "setup.py", "setup.cfg", ".git"];

/// Folders that hold other people's code. Nothing in them is looked at unless it is asked for by name.
const FOREIGN: &[&str] = &["site-packages", "dist-packages", "node_modules", "__pycache__"];

/// Whether a path leads through a folder of installed packages, told by name alone.
pub fn is_installed(path: &Path) -> bool {
    path.iter().any(|it| it == "site-packages" || it == "dist-packages" || it == "__pypackages__")
}

/// The folder of installed packages that a path leads into, if it does.
pub fn installed_folder(path: &Path) -> Option<&Path> {
    path.ancestors().skip(1).find(|it| it.file_name().is_some_and(|it| it == "site-packages" || it == "dist-packages"))
}

/// Whether a folder holds other people's code: installed packages or a virtual environment.
pub(crate) fn is_foreign(folder: &Path) -> bool {
    let name = folder.file_name().unwrap_or_default();
    FOREIGN.iter().any(|it| name == *it) || folder.join("pyvenv.cfg").is_file()
}

/// The innermost folder above `path` that holds other people's code.
pub(crate) fn foreign_above(path: &Path) -> Option<&Path> {
    path.ancestors().skip(1).find(|it| is_foreign(it))
}

/// The folder to load for a file or folder: the nearest one at or above it with a project's marker, else the topmost
/// package it lies in, else its own folder. Of an installed package, the package itself.
pub fn project_root(path: &Path) -> PathBuf {
    let folder = if path.is_dir() { path } else { path.parent().unwrap_or(path) };
    if let Some(foreign) = foreign_above(folder) {
        return topmost_package(folder).map_or_else(|| below(foreign, folder), Path::to_path_buf);
    }
    let home = std::env::home_dir();
    let is_too_high = |it: &Path| it.parent().is_none() || home.as_deref() == Some(it);
    let marked = folder
        .ancestors()
        .take_while(|it| *it == folder || !is_too_high(it))
        .find(|it| MARKERS.iter().any(|marker| it.join(marker).exists()));
    marked.or_else(|| topmost_package(folder)).unwrap_or(folder).to_path_buf()
}

/// The outermost of the packages that `folder` and the folders above it form without a gap.
pub(crate) fn topmost_package(folder: &Path) -> Option<&Path> {
    folder.ancestors().take_while(|it| it.join("__init__.py").is_file()).last()
}

/// The folder right below `above` on the way to `path`: an installed distribution without `__init__.py`.
fn below(above: &Path, path: &Path) -> PathBuf {
    let first = path.strip_prefix(above).ok().and_then(|it| it.components().next());
    first.map_or_else(|| path.to_path_buf(), |it| above.join(it))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn tree(files: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for file in files {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
        }
        folder
    }

    fn check(files: &[&str], path: &str, expected: &str) {
        let folder = tree(files);
        assert_eq!(project_root(&folder.path().join(path)), folder.path().join(expected), "{path}");
    }

    #[test]
    fn the_nearest_marker_wins() {
        check(&["p/pyproject.toml", "p/app/__init__.py", "p/app/a.py"], "p/app/a.py", "p");
        check(&["p/setup.py", "p/q/relmodel.toml", "p/q/a.py"], "p/q", "p/q");
    }

    #[test]
    fn without_a_marker_the_topmost_package_is_the_project() {
        check(&["p/app/__init__.py", "p/app/m/__init__.py", "p/app/m/a.py"], "p/app/m/a.py", "p/app");
        check(&["p/x/a.py"], "p/x/a.py", "p/x");
    }

    #[test]
    fn of_an_installed_package_the_package_is_the_project() {
        let files = ["p/pyproject.toml", "p/.venv/pyvenv.cfg", "p/.venv/lib/site-packages/optuna/__init__.py"];
        check(&files, "p/.venv/lib/site-packages/optuna", "p/.venv/lib/site-packages/optuna");
        check(&["p/site-packages/ns/a/b.py"], "p/site-packages/ns/a", "p/site-packages/ns");
    }
}
