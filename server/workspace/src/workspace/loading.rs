//! From disk into the analysis: a whole root at once, and single paths as they change.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use relmodel_ide::{Change, FileChange, Policy, Rope};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{DiskEvent, Root, Stage, Workspace};
use crate::coming::Coming;
use crate::distributions::Distributions;
use crate::exclusion::Exclusion;
use crate::imports::{Needed, Source, imports};
use crate::naming::{ModuleName, Namer};
use crate::paths::{is_within, normalize, path_key};
use crate::problem::Problem;
use crate::settings::{self, Overrides, Settings};
use crate::{discovery, prefilter, source};

/// What reading a file came to.
enum Read {
    Kept(String, Rope),
    PassedOver(String),
    Failed(Problem),
}

fn read(path: &Path) -> Read {
    match source::read(path) {
        Ok(content) if prefilter::may_matter(path, &content) => Read::Kept(path_key(path), source::text_of(&content)),
        Ok(_) => Read::PassedOver(path_key(path)),
        Err(error) => Read::Failed(Problem::of_file(path, format!("cannot be read: {error}"))),
    }
}

fn read_text(key: &str) -> Option<Rope> {
    source::read(Path::new(key)).ok().map(|it| source::text_of(&it))
}

/// The files that the analysis does not hold: those passed over, those excluded, and those of installed packages.
struct Unheld<'a> {
    held: &'a FxHashMap<String, ModuleName>,
    passed_over: &'a FxHashSet<String>,
    exclusion: &'a Exclusion,
    distributions: Distributions,
    /// Whether there is an excluded or installed file of this key that may matter.
    others: FxHashMap<String, bool>,
}

impl Source for Unheld<'_> {
    fn has(&mut self, key: &str) -> bool {
        if self.passed_over.contains(key) {
            return true;
        }
        if self.held.contains_key(key) {
            return false;
        }
        if let Some(known) = self.others.get(key) {
            return *known;
        }
        let path = Path::new(key);
        let may_matter = self.exclusion.holds(path, false) || self.distributions.may_matter(path);
        let res = may_matter && path.is_file();
        self.others.insert(key.to_owned(), res);
        res
    }

    fn read(&self, key: &str) -> Option<String> {
        read_text(key).map(|it| it.to_string())
    }

    fn may_declare(&self, key: &str, text: &str) -> bool {
        !self.passed_over.contains(key) && prefilter::has_sign(text.as_bytes())
    }
}

impl Workspace {
    /// Adds a root and loads what lies in it, and also what lies at or below the paths in `named`, which may be files
    /// that a search from the root passes over. Tells what could not be used; the rest is loaded.
    pub fn add_root(&mut self, root: &Path, named: &[PathBuf], on_stage: &mut dyn FnMut(Stage<'_>)) -> Vec<Problem> {
        let root = normalize(root);
        let (root, mut problems) = Root::read(root, named.to_vec(), &self.overrides);
        let key = root.key.clone();
        self.roots.retain(|it| it.key != key);
        self.roots.push(root);
        self.apply_settings();
        problems.extend(self.load_root(&key, on_stage));
        sorted(problems)
    }

    /// Sets what stands above the settings of all roots, and takes it into account at once.
    pub fn set_overrides(&mut self, overrides: Overrides) -> Vec<Problem> {
        if self.overrides == overrides {
            return Vec::new();
        }
        self.overrides = overrides;
        self.read_settings()
    }

    /// Loads what lies in a root as its settings have it, and forgets what they exclude.
    fn load_root(&mut self, key: &str, on_stage: &mut dyn FnMut(Stage<'_>)) -> Vec<Problem> {
        let Some(root) = self.roots.iter().find(|it| it.key == key) else { return Vec::new() };
        let mut problems = Vec::new();
        let mut paths = FxHashSet::default();
        for start in std::iter::once(&root.path).chain(&root.named) {
            let (files, found) = discovery::python_files(start, &root.exclusion);
            problems.extend(found);
            paths.extend(files);
        }
        // What lies in a root within this one is that root's concern.
        paths.retain(|it| self.root_of(&path_key(it)).is_none_or(|it| it.key == key));
        let mut paths: Vec<_> = paths.into_iter().collect();
        paths.sort();
        let keys: FxHashSet<_> = paths.iter().map(|it| path_key(it)).collect();
        self.installed.retain(|it| !keys.contains(it));
        let known = self.held.keys().chain(&*self.passed_over);
        let is_gone = |it: &&String| !keys.contains(*it) && self.root_of(it).is_some_and(|it| it.key == key);
        let mut gone: Vec<_> = known.filter(is_gone).cloned().collect();
        gone.retain(|it| !self.open.contains_key(it));
        gone.sort();
        let files = gone.iter().flat_map(|it| self.removal(it)).collect();
        self.apply(files);
        on_stage(Stage::Reading(paths.len()));
        problems.extend(self.load(&paths, on_stage));
        problems
    }

    /// Removes a root and what only it holds.
    pub fn remove_root(&mut self, root: &Path) {
        let key = path_key(root);
        self.roots.retain(|it| it.key != key);
        let is_gone = |it: &str| is_within(it, &key) && self.root_of(it).is_none();
        let mut gone: Vec<_> = self.held.keys().filter(|it| is_gone(it)).cloned().collect();
        gone.sort();
        let passed_over: Vec<_> = self.passed_over.iter().filter(|it| is_gone(it)).cloned().collect();
        for it in &passed_over {
            Arc::make_mut(&mut self.passed_over).remove(it);
        }
        gone.retain(|it| !self.open.contains_key(it));
        let files = gone.iter().flat_map(|it| self.removal(it)).collect();
        self.apply(files);
        self.apply_settings();
        // What that root excluded is now its outer root's concern.
        if let Some(outer) = self.root_of(&key).map(|it| it.key.clone()) {
            self.load_root(&outer, &mut |_| {});
        }
    }

    /// Paths changed on disk. Open documents keep their text; settings are read again.
    pub fn disk_changed(&mut self, events: &[DiskEvent]) -> Vec<Problem> {
        let mut paths: Vec<_> = events.iter().map(|it| normalize(&it.0)).collect();
        let folders: Vec<_> = paths.iter().filter(|it| self.is_new_folder(it)).cloned().collect();
        for folder in folders {
            let root = self.root_of(&path_key(&folder));
            paths.extend(root.map(|it| discovery::python_files(&folder, &it.exclusion).0).unwrap_or_default());
        }
        paths.sort();
        paths.dedup();
        let mut problems = Vec::new();
        if paths.iter().any(|it| settings::is_settings_file(it)) {
            problems.extend(self.read_settings());
        }
        let mut files = Vec::new();
        for gone in paths.iter().filter(|it| !it.exists()) {
            files.extend(self.disappeared(&path_key(gone)));
        }
        self.apply(files);
        self.rename_modules(&paths);

        let mut python: Vec<_> = paths.into_iter().filter(|it| it.extension().is_some_and(|it| it == "py")).collect();
        let mut known = FxHashSet::default();
        for root in &self.roots {
            let own = |it: &&PathBuf| self.root_of(&path_key(it)).is_some_and(|it| it.key == root.key);
            let own: Vec<_> = python.iter().filter(own).cloned().collect();
            known.extend(discovery::listed(&root.path, &root.exclusion, &own));
        }
        let is_held = |it: &PathBuf| self.held.contains_key(&path_key(it));
        python.retain(|it| it.is_file() && (known.contains(it) || is_held(it)));
        problems.extend(self.load(&python, &mut |_| {}));
        problems
    }

    /// Whether a path is a folder of which nothing is known: one that came, which may be told of alone.
    fn is_new_folder(&self, path: &Path) -> bool {
        let key = path_key(path);
        let mut known = self.held.keys().chain(&*self.passed_over);
        path.is_dir() && !known.any(|it| is_within(it, &key) && !self.open.contains_key(it))
    }

    /// Reads files and gives the analysis those that can matter, with those they need.
    fn load(&mut self, paths: &[PathBuf], on_stage: &mut dyn FnMut(Stage<'_>)) -> Vec<Problem> {
        let reads: Vec<_> = paths.par_iter().map(|it| read(it)).collect();
        let mut problems = Vec::new();
        let mut kept = Vec::new();
        let mut files = Vec::new();
        for it in reads {
            match it {
                Read::Kept(key, text) => kept.push((key, text)),
                Read::PassedOver(key) => {
                    if !self.open.contains_key(&key) {
                        files.extend(self.removal(&key));
                        Arc::make_mut(&mut self.passed_over).insert(key);
                    }
                }
                Read::Failed(problem) => {
                    files.extend(self.removal(&path_key(&problem.path)));
                    problems.push(problem);
                }
            }
        }
        let mut namer = Namer::default();
        kept.retain(|(key, _)| !self.open.contains_key(key));
        for (key, text) in &kept {
            files.push(self.text_change(key, text.clone(), &mut namer));
        }
        files.extend(self.needed_by(&kept));
        on_stage(Stage::Analysing(&Coming::new(&files, self.policies(), self.sqlalchemy)));
        self.apply(files);
        problems
    }

    /// The files that are not held but needed by what these held files import.
    pub(super) fn needed_by(&mut self, texts: &[(String, Rope)]) -> Vec<FileChange> {
        let mut found = Vec::new();
        for root in &self.roots {
            let installed: Vec<_> = root.sites.iter().map(|it| path_key(it)).collect();
            let mut source = Unheld {
                held: &self.held,
                passed_over: &self.passed_over,
                exclusion: &root.exclusion,
                distributions: Distributions::new(&root.sites),
                others: FxHashMap::default(),
            };
            let mut needed = Needed::new(&mut source);
            let own = texts.par_iter().filter(|it| is_within(&it.0, &root.key));
            let imported: Vec<_> = own.map(|(key, text)| (key, imports(&text.to_string()))).collect();
            for (key, imported) in imported {
                let search_path = self.held.get(key).map(|it| it.search_path.as_slice()).unwrap_or_default();
                needed.add(key, &imported, search_path, &installed);
            }
            found.append(&mut needed.files);
        }
        let mut namer = Namer::default();
        let mut res = Vec::new();
        for key in found {
            if self.held.contains_key(&key) {
                continue;
            }
            if !self.passed_over.contains(&key) {
                self.installed.insert(key.clone());
            }
            res.extend(read_text(&key).map(|text| self.text_change(&key, text, &mut namer)));
        }
        res
    }

    /// A file or folder is gone from disk.
    fn disappeared(&mut self, key: &str) -> Vec<FileChange> {
        let all = self.held.keys().chain(&*self.passed_over);
        let mut gone: Vec<_> = all.filter(|it| is_within(it, key)).cloned().collect();
        gone.retain(|it| !self.open.contains_key(it));
        gone.sort();
        gone.iter().flat_map(|it| self.removal(it)).collect()
    }

    /// Where an `__init__.py` came or went, the files beside and below it are called something else now.
    fn rename_modules(&mut self, paths: &[PathBuf]) {
        let packages = paths.iter().filter(|it| it.file_name().is_some_and(|it| it == "__init__.py"));
        let folders: Vec<_> = packages.filter_map(|it| it.parent()).map(path_key).collect();
        let mut namer = Namer::default();
        let mut affected: Vec<_> =
            self.held.keys().filter(|it| folders.iter().any(|folder| is_within(it, folder))).cloned().collect();
        affected.retain(|it| self.name(it, &mut namer) != self.held[it]);
        affected.sort();
        let mut files = Vec::new();
        for key in affected {
            let text = self.open_text(&key).map(|it| it.0).or_else(|| read_text(&key));
            files.extend(text.map(|text| self.text_change(&key, text, &mut namer)));
        }
        self.apply(files);
    }

    /// Reads all settings again. Where files come, go or get other names by them, the root is loaded again.
    fn read_settings(&mut self) -> Vec<Problem> {
        let mut problems = Vec::new();
        let mut stale = Vec::new();
        for root in &mut self.roots {
            let (new, found) = Root::read(root.path.clone(), root.named.clone(), &self.overrides);
            problems.extend(found);
            if !new.loads_like(root) {
                stale.push(new.key.clone());
            }
            *root = new;
        }
        self.apply_settings();
        if !stale.is_empty() {
            let files = self.foreign().iter().flat_map(|it| self.removal(it)).collect();
            self.apply(files);
        }
        for key in stale {
            problems.extend(self.load_root(&key, &mut |_| {}));
            self.rename_open(&key);
        }
        sorted(problems)
    }

    /// The held files of packages that are installed for no root any more.
    fn foreign(&self) -> Vec<String> {
        let folders: Vec<_> =
            self.roots.iter().flat_map(|it| it.sites.iter().chain([&it.path])).map(|it| path_key(it)).collect();
        let is_foreign =
            |it: &&String| !folders.iter().any(|folder| is_within(it, folder)) && !self.open.contains_key(*it);
        let mut res: Vec<_> = self.installed.iter().filter(is_foreign).cloned().collect();
        res.sort();
        res
    }

    /// The open documents of a root whose settings changed may be called something else now, and need other files.
    fn rename_open(&mut self, root: &str) {
        let mut namer = Namer::default();
        let own = self.open.iter().filter(|(key, _)| is_within(key, root));
        let mut texts: Vec<_> = own.map(|(key, it)| (key.clone(), it.document.text().clone())).collect();
        texts.sort_by(|a, b| a.0.cmp(&b.0));
        let mut files = Vec::new();
        for (key, text) in &texts {
            files.push(self.text_change(key, text.clone(), &mut namer));
        }
        files.extend(self.needed_by(&texts));
        self.apply(files);
    }

    /// Tells the analysis what it has to know of settings.
    fn apply_settings(&mut self) {
        let sqlalchemy = self.sqlalchemy_change();
        let policies = Some(self.policies());
        self.host.apply(Change { files: Vec::new(), sqlalchemy, policies });
    }

    fn policies(&self) -> Vec<Policy> {
        let everywhere = Settings::of(&self.overrides).policy(String::new(), &Exclusion::default());
        let of_roots = self.roots.iter().map(|it| it.settings.policy(it.key.clone(), &it.exclusion));
        std::iter::once(everywhere).chain(of_roots).collect()
    }
}

fn sorted(mut problems: Vec<Problem>) -> Vec<Problem> {
    problems.sort_by(|a, b| (&a.path, a.line).cmp(&(&b.path, b.line)));
    problems.dedup();
    problems
}
