//! Finding a project's Python files: what `.gitignore` hides, hidden folders, installed packages and virtual
//! environments are passed over, unless the search starts inside them.

use std::path::{Path, PathBuf};
use std::sync::Mutex;

use ignore::{DirEntry, WalkBuilder, WalkState};
use rustc_hash::FxHashSet;

use crate::exclusion::Exclusion;
use crate::problem::Problem;
use crate::project::{foreign_above, is_foreign};

/// More paths than this are looked for by one walk over everything instead of one walk each.
const FEW: usize = 64;

/// The Python files at or below `start` that are not excluded, sorted.
pub(crate) fn python_files(start: &Path, excluded: &Exclusion) -> (Vec<PathBuf>, Vec<Problem>) {
    walk(&builder(start, excluded, |_| true))
}

/// Those of `paths` that [`python_files`] of `start` would list.
pub(crate) fn listed(start: &Path, excluded: &Exclusion, paths: &[PathBuf]) -> FxHashSet<PathBuf> {
    if paths.len() > FEW {
        let all: FxHashSet<_> = python_files(start, excluded).0.into_iter().collect();
        return paths.iter().filter(|it| all.contains(*it)).cloned().collect();
    }
    let mut res = FxHashSet::default();
    for path in paths.iter().filter(|it| it.starts_with(start)) {
        let target = path.clone();
        // Only folders on the way are entered; each applies its own rules as in a full walk.
        let files = walk(&builder(start, excluded, move |entry| target.starts_with(entry.path()))).0;
        res.extend(files);
    }
    res
}

fn builder(
    start: &Path,
    excluded: &Exclusion,
    enter: impl Fn(&DirEntry) -> bool + Send + Sync + 'static,
) -> WalkBuilder {
    let mut res = WalkBuilder::new(start);
    let excluded = excluded.clone();
    // An environment hides itself by a `.gitignore` of its own, and often by the project's.
    let is_inside_foreign = foreign_above(start).is_some() || is_foreign(start);
    res.require_git(false)
        .parents(!is_inside_foreign)
        .git_ignore(!is_inside_foreign)
        .git_exclude(!is_inside_foreign)
        .git_global(!is_inside_foreign)
        .ignore(!is_inside_foreign)
        .filter_entry(move |entry| {
            let is_passed_over =
                |is_folder| excluded.holds(entry.path(), is_folder) || (is_folder && is_foreign(entry.path()));
            entry.depth() == 0 || (enter(entry) && !is_passed_over(is_folder(entry)))
        });
    res
}

fn walk(builder: &WalkBuilder) -> (Vec<PathBuf>, Vec<Problem>) {
    let found = Mutex::new((Vec::new(), Vec::new()));
    builder.build_parallel().run(|| {
        Box::new(|entry| {
            let Ok(mut found) = found.lock() else { return WalkState::Quit };
            match entry {
                Ok(entry) if is_python_file(&entry) => found.0.push(entry.into_path()),
                Ok(_) => {}
                Err(error) => found.1.extend(problem_of(&error)),
            }
            WalkState::Continue
        })
    });
    let (mut files, problems) = found.into_inner().unwrap_or_default();
    files.sort();
    (files, problems)
}

fn is_folder(entry: &DirEntry) -> bool {
    entry.file_type().is_some_and(|it| it.is_dir())
}

/// A regular file named `*.py`, or a symbolic link to one. Links to folders are not followed: what they show is
/// found at its own place, and they may form circles.
fn is_python_file(entry: &DirEntry) -> bool {
    let path = entry.path();
    path.extension().is_some_and(|it| it == "py")
        && entry.file_type().is_some_and(|it| it.is_file() || (it.is_symlink() && path.is_file()))
}

/// What to tell of an error of the walk; a file that went away meanwhile and an odd line in a `.gitignore` are
/// nothing to speak of.
fn problem_of(error: &ignore::Error) -> Option<Problem> {
    let io = error.io_error()?;
    if io.kind() == std::io::ErrorKind::NotFound {
        return None;
    }
    Some(Problem::of_file(path_of(error)?, format!("cannot be read: {io}")))
}

fn path_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => path_of(err),
        _ => None,
    }
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
            fs::write(&path, if file.ends_with(".gitignore") { "built/\n" } else { "" }).unwrap();
        }
        folder
    }

    fn found(folder: &Path, start: &str) -> Vec<String> {
        let start = folder.join(start);
        let files = python_files(&start, &Exclusion::default()).0;
        files.iter().map(|it| it.strip_prefix(folder).unwrap().to_string_lossy().into_owned()).collect()
    }

    #[test]
    fn other_peoples_code_and_ignored_files_are_passed_over() {
        let folder = tree(&[
            ".gitignore",
            "a.py",
            "a.txt",
            "built/b.py",
            ".hidden/c.py",
            "env/pyvenv.cfg",
            "env/d.py",
            "node_modules/e.py",
            "p/__pycache__/f.py",
            "p/g.py",
        ]);
        assert_eq!(found(folder.path(), ""), ["a.py", "p/g.py"]);
    }

    #[test]
    fn what_is_asked_for_by_name_is_found() {
        let folder = tree(&[
            ".venv/pyvenv.cfg",
            ".venv/.gitignore",
            ".venv/lib/site-packages/optuna/a.py",
            ".venv/lib/site-packages/optuna/built/b.py",
        ]);
        let expected = [".venv/lib/site-packages/optuna/a.py", ".venv/lib/site-packages/optuna/built/b.py"];
        assert_eq!(found(folder.path(), ".venv/lib/site-packages/optuna"), expected);
    }

    #[test]
    fn single_paths_are_judged_as_a_full_walk_would() {
        let folder = tree(&[".gitignore", "p/a.py", "p/q/b.py", "built/c.py", "site-packages/d.py"]);
        let paths: Vec<_> = ["p/a.py", "p/q/b.py", "built/c.py", "site-packages/d.py", "p/none.py"]
            .iter()
            .map(|it| folder.path().join(it))
            .collect();
        let few = listed(folder.path(), &Exclusion::default(), &paths);
        assert_eq!(few, [folder.path().join("p/a.py"), folder.path().join("p/q/b.py")].into_iter().collect());
        let many: Vec<_> = paths.iter().cycle().take(FEW * 5).cloned().collect();
        assert_eq!(listed(folder.path(), &Exclusion::default(), &many), few);
    }
}
