//! From the paths of a command line to loaded projects. Each path's whole project is loaded, because what a file
//! means depends on the files around it; what is said is said of the given paths only.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use relmodel_ide::{Analysis, FileId};
use relmodel_workspace::{
    DiskEvent, Overrides, Problem, Stage, Workspace, installed_folder, is_within, normalize, path_key, project_root,
};

use crate::output::Output;
use crate::progress::Progress;

/// A path as it was given.
#[derive(Clone, Debug)]
struct Given {
    text: String,
    path: PathBuf,
    key: String,
}

/// The paths that were given and can be used.
pub(crate) struct Paths {
    given: Vec<Given>,
    /// The key of the folder the program runs in.
    here: String,
    /// Whether what lies there is to change while the program runs.
    may_change: bool,
}

/// A loaded project.
pub(crate) struct Project {
    workspace: Workspace,
    /// Its folders.
    pub roots: Vec<PathBuf>,
    /// The keys of what is asked about.
    keys: Vec<String>,
    /// Its state.
    pub analysis: Analysis,
    /// Those of its files that are asked about, sorted by path.
    pub files: Vec<FileId>,
    /// How many Python files lie at the given paths, also those that cannot hold models.
    pub file_count: usize,
}

impl Project {
    /// Whether a file is the project's own, and not one of a package that it uses.
    pub(crate) fn is_own(&self, file: FileId) -> bool {
        self.workspace.is_own(self.analysis.path(file))
    }

    /// Takes texts of files, by key, for the truth instead of the disk's.
    pub(crate) fn set_texts<'a>(&mut self, texts: impl Iterator<Item = (&'a str, &'a str)>, version: i32) {
        self.change(|workspace| texts.for_each(|(key, text)| workspace.open(key, version, text)));
    }

    /// Takes in what changed on disk; complains about files that cannot be used.
    pub(crate) fn disk_changed(&mut self, changed: &[PathBuf], paths: &Paths, output: &mut Output) {
        let events: Vec<_> = changed.iter().cloned().map(DiskEvent).collect();
        let problems = self.change(|workspace| workspace.disk_changed(&events));
        paths.complain(problems, output);
    }

    fn change<T>(&mut self, change: impl FnOnce(&mut Workspace) -> T) -> T {
        // The workspace waits with a change until no other snapshot is left, so the old one goes first.
        self.analysis = Workspace::new().snapshot();
        let res = change(&mut self.workspace);
        self.analysis = self.workspace.snapshot();
        self.files = self.workspace.files_within(&self.analysis, &self.keys);
        self.file_count = self.workspace.count_within(&self.keys);
        res
    }
}

impl Paths {
    /// Takes the paths of a command line; complains about those that cannot be used.
    pub(crate) fn new(paths: &[String], output: &mut Output) -> Self {
        let mut given = Vec::new();
        for text in paths {
            let path = normalize(Path::new(text));
            if !path.exists() {
                output.complain(format_args!("{text}: there is no such file or folder"));
            } else if path.is_file() && path.extension().is_none_or(|it| it != "py") {
                output.complain(format_args!("{text}: not a Python file"));
            } else {
                given.push(Given { text: text.clone(), key: path_key(&path), path });
            }
        }
        Self { given, here: path_key(Path::new(".")), may_change: false }
    }

    /// A file that need not be on disk, because its text comes from elsewhere.
    pub(crate) fn unsaved(name: &str) -> Self {
        let path = normalize(Path::new(name));
        let given = vec![Given { text: name.to_owned(), key: path_key(&path), path }];
        Self { given, here: path_key(Path::new(".")), may_change: false }
    }

    /// Makes projects ready for changes while the program runs, which takes more memory.
    pub(crate) fn kept_up(self, may_change: bool) -> Self {
        Self { may_change, ..self }
    }

    /// The keys of what was given.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &str> {
        self.given.iter().map(|it| it.key.as_str())
    }

    /// Loads the projects, in the order of their folders; complains about files that cannot be used.
    pub(crate) fn load(&self, overrides: &Overrides, progress: &Progress, output: &mut Output) -> Vec<Project> {
        // Packages that are installed side by side are one program.
        let mut groups: BTreeMap<PathBuf, BTreeMap<PathBuf, Vec<&Given>>> = BTreeMap::new();
        for given in &self.given {
            let root = project_root(&given.path);
            let group = installed_folder(&root).unwrap_or(&root).to_path_buf();
            groups.entry(group).or_default().entry(root).or_default().push(given);
        }
        groups.into_values().map(|roots| self.load_one(&roots, overrides, progress, output)).collect()
    }

    fn load_one(
        &self,
        roots: &BTreeMap<PathBuf, Vec<&Given>>,
        overrides: &Overrides,
        progress: &Progress,
        output: &mut Output,
    ) -> Project {
        let mut workspace = if self.may_change { Workspace::new() } else { Workspace::for_one_run() };
        workspace.set_overrides(overrides.clone());
        for (root, given) in roots {
            let paths: Vec<_> = given.iter().map(|it| it.path.clone()).filter(|it| it.exists()).collect();
            let on_stage = &mut |stage: Stage<'_>| match stage {
                Stage::Reading(count) => progress.say(format!("reading {count} files")),
                Stage::Analysing(coming) => progress.say(format!("analysing {} files", coming.len())),
            };
            let problems = workspace.add_root(root, &paths, on_stage);
            if !problems.is_empty() {
                progress.clear();
            }
            self.complain(problems, output);
        }
        if !self.may_change {
            workspace.freeze();
        }
        let keys: Vec<_> = roots.values().flatten().map(|it| it.key.clone()).collect();
        let analysis = workspace.snapshot();
        let files = workspace.files_within(&analysis, &keys);
        let file_count = workspace.count_within(&keys);
        Project { workspace, roots: roots.keys().cloned().collect(), keys, analysis, files, file_count }
    }

    fn complain(&self, problems: Vec<Problem>, output: &mut Output) {
        for problem in problems {
            let shown = self.shown(&path_key(&problem.path));
            let line = problem.line.map(|it| format!(":{it}")).unwrap_or_default();
            output.complain(format_args!("{shown}{line}: {}", problem.message));
        }
    }

    /// How a file is called in what is printed: as given, with what was found below it; a file at no given path from
    /// the folder the program runs in.
    pub(crate) fn shown(&self, key: &str) -> String {
        let given = self.given.iter().filter(|it| is_within(key, &it.key)).max_by_key(|it| it.key.len());
        let (text, folder) = given.map_or((".", &self.here), |it| (it.text.as_str(), &it.key));
        if !is_within(key, folder) {
            return key.to_owned();
        }
        let rest = key[folder.trim_end_matches('/').len()..].trim_start_matches('/');
        let text = if std::path::MAIN_SEPARATOR == '/' { text.to_owned() } else { text.replace('\\', "/") };
        match (text.as_str(), rest) {
            (_, "") => text,
            ("." | "./", _) => rest.to_owned(),
            _ => format!("{}/{rest}", text.trim_end_matches('/')),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(given: &[(&str, &str)], key: &str, expected: &str) {
        let given = given.iter().map(|(text, key)| Given {
            text: (*text).to_owned(),
            path: PathBuf::from(key),
            key: (*key).to_owned(),
        });
        let paths = Paths { given: given.collect(), here: "/w".to_owned(), may_change: false };
        assert_eq!(paths.shown(key), expected);
    }

    #[test]
    fn files_are_called_as_they_were_given() {
        check(&[("shop", "/w/shop")], "/w/shop/m/a.py", "shop/m/a.py");
        check(&[("shop/", "/w/shop")], "/w/shop/a.py", "shop/a.py");
        check(&[("../w/shop/a.py", "/w/shop/a.py")], "/w/shop/a.py", "../w/shop/a.py");
        check(&[(".", "/w")], "/w/a.py", "a.py");
        check(&[("/w/shop", "/w/shop")], "/w/shop/a.py", "/w/shop/a.py");
        check(&[("/", "/")], "/a.py", "/a.py");
    }

    #[test]
    fn files_that_were_not_given_are_called_from_here() {
        check(&[("shop", "/w/shop")], "/w/base.py", "base.py");
        check(&[("shop", "/w/shop")], "/x/base.py", "/x/base.py");
    }
}
