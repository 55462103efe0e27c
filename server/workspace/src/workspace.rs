//! The state of a workspace: roots, files, open documents, and the analysis they feed. Everything that changes the
//! analysis goes through here, in the order in which it is called.

mod loading;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use relmodel_ide::{
    Analysis, AnalysisHost, Change, Document, FileChange, FileChangeKind, FileId, PositionEncoding, Rope, SqlAlchemy,
};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::coming::Coming;
use crate::edits::{ContentChange, to_edits};
use crate::elsewhere::{self, Elsewhere};
use crate::environment::{installed_version, site_folders};
use crate::exclusion::Exclusion;
use crate::naming::{ModuleName, Namer};
use crate::paths::{is_within, path_key};
use crate::problem::Problem;
use crate::settings::{self, Overrides, Settings};

/// How far loading has come.
#[derive(Clone, Copy)]
pub enum Stage<'a> {
    /// So many Python files were found and are being read.
    Reading(usize),
    /// These of them can hold models and are being analysed.
    Analysing(&'a Coming),
}

/// A path on disk that was created, changed or deleted. Which of these it was is looked up, because by the time it is
/// handled it may be different.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DiskEvent(pub PathBuf);

/// The version of an open document, as its editor counts.
pub type OpenVersion = i32;

/// A workspace: what is on disk below its roots, with open documents in front of it.
pub struct Workspace {
    host: AnalysisHost,
    roots: Vec<Root>,
    /// The files that the analysis holds, by key.
    held: FxHashMap<String, ModuleName>,
    /// Python files on disk that the analysis does not hold, because nothing mapped can be in them.
    passed_over: Arc<FxHashSet<String>>,
    /// Those of the held files that belong to installed packages: read for what they mean to the project's own.
    installed: FxHashSet<String>,
    open: FxHashMap<String, OpenDocument>,
    versions: Arc<FxHashMap<String, OpenVersion>>,
    /// What stands above the settings of all roots.
    overrides: Overrides,
    /// What the analysis was told last.
    sqlalchemy: Option<SqlAlchemy>,
}

struct Root {
    path: PathBuf,
    key: String,
    /// Paths in it that were asked for by name.
    named: Vec<PathBuf>,
    settings: Settings,
    exclusion: Exclusion,
    /// The folders, beside its own, that its modules are imported from.
    sources: Vec<PathBuf>,
    /// The folders of the packages installed for it.
    sites: Vec<PathBuf>,
}

impl Root {
    /// The root at a path as its settings have it, and what is wrong with them.
    fn read(path: PathBuf, named: Vec<PathBuf>, overrides: &Overrides) -> (Self, Vec<Problem>) {
        let (settings, problems) = settings::read(&path, overrides);
        let res = Self {
            key: path_key(&path),
            exclusion: settings.exclusion(&named),
            sources: settings.sources(&path),
            sites: site_folders(&path, settings.python().as_deref()),
            path,
            named,
            settings,
        };
        (res, problems)
    }

    /// Whether the same files are loaded under the same names.
    fn loads_like(&self, other: &Self) -> bool {
        self.exclusion == other.exclusion && self.sources == other.sources && self.sites == other.sites
    }
}

struct OpenDocument {
    document: Document,
    version: OpenVersion,
}

impl Default for Workspace {
    fn default() -> Self {
        Self::new()
    }
}

impl Workspace {
    /// A workspace without anything in it.
    pub fn new() -> Self {
        Self::over(AnalysisHost::new())
    }

    /// A workspace without anything in it, to be looked at once.
    pub fn for_one_run() -> Self {
        Self::over(AnalysisHost::for_one_run())
    }

    /// Says that nothing will change any more; only for a workspace that is looked at once.
    pub fn freeze(&mut self) {
        self.host.freeze();
    }

    fn over(host: AnalysisHost) -> Self {
        Self {
            host,
            roots: Vec::new(),
            held: FxHashMap::default(),
            passed_over: Arc::default(),
            installed: FxHashSet::default(),
            open: FxHashMap::default(),
            versions: Arc::default(),
            overrides: Overrides::default(),
            sqlalchemy: None,
        }
    }

    /// A snapshot for readers. It must not be kept while waiting: the next change waits until it is gone.
    pub fn snapshot(&self) -> Analysis {
        self.host.snapshot()
    }

    /// The files that the analysis does not hold.
    pub fn elsewhere(&self) -> Elsewhere {
        let root = |it: &Root| elsewhere::Root {
            key: it.key.clone(),
            path: it.path.clone(),
            sources: it.sources.clone(),
            sites: it.sites.clone(),
        };
        Elsewhere { files: Arc::clone(&self.passed_over), roots: self.roots.iter().map(root).collect() }
    }

    /// The versions of the open documents, by key.
    pub fn versions(&self) -> Arc<FxHashMap<String, OpenVersion>> {
        Arc::clone(&self.versions)
    }

    /// Whether findings in this file are the user's concern: it lies in a root, or is open.
    pub fn is_own(&self, key: &str) -> bool {
        self.open.contains_key(key) || (self.root_of(key).is_some() && !self.installed.contains(key))
    }

    /// Whether a root holds this file.
    pub fn has_root_for(&self, key: &str) -> bool {
        self.root_of(key).is_some()
    }

    /// The keys of the roots.
    pub fn root_keys(&self) -> Vec<String> {
        self.roots.iter().map(|it| it.key.clone()).collect()
    }

    /// The files of the analysis that are or lie in one of the given files or folders (keys), sorted by path.
    pub fn files_within(&self, analysis: &Analysis, keys: &[String]) -> Vec<FileId> {
        let is_wanted = |it: &FileId| {
            let path = analysis.path(*it);
            !self.installed.contains(path) && keys.iter().any(|key| is_within(path, key))
        };
        analysis.files().into_iter().filter(is_wanted).collect()
    }

    /// How many Python files, parsed or passed over, are or lie in one of the given files or folders (keys).
    pub fn count_within(&self, keys: &[String]) -> usize {
        let all = self.held.keys().chain(&*self.passed_over).filter(|it| !self.installed.contains(*it));
        all.filter(|it| keys.iter().any(|key| is_within(it, key))).count()
    }

    /// A document was opened: from now on its text is the truth, not the disk's.
    pub fn open(&mut self, key: &str, version: OpenVersion, text: impl Into<Rope>) {
        let text = text.into();
        let Some(document) = Document::parse(text.clone()) else {
            tracing::error!(key, "the grammar does not load; the document is not analysed");
            return;
        };
        self.open.insert(key.to_owned(), OpenDocument { document, version });
        self.set_version(key, Some(version));
        let mut files = vec![self.text_change(key, text.clone(), &mut Namer::default())];
        files.extend(self.needed_by(&[(key.to_owned(), text)]));
        self.apply(files);
    }

    /// An open document was edited. A document that is not open is left alone.
    pub fn edit(&mut self, key: &str, version: OpenVersion, changes: &[ContentChange], encoding: PositionEncoding) {
        let Some(open) = self.open.get_mut(key) else {
            tracing::warn!(key, "a document that is not open was edited");
            return;
        };
        let edits = to_edits(open.document.text(), changes, encoding);
        let changes = open.document.edit(&edits);
        open.version = version;
        let kind = FileChangeKind::Edited { document: open.document.clone(), changes };
        self.set_version(key, Some(version));
        self.apply(vec![FileChange { path: key.to_owned(), kind }]);
    }

    /// A document was closed: the disk's text is the truth again.
    pub fn close(&mut self, key: &str) {
        if self.open.remove(key).is_none() {
            return;
        }
        self.set_version(key, None);
        let path = PathBuf::from(key);
        let is_excluded = |it: &Root| it.exclusion.holds(&path, false) && !self.installed.contains(key);
        if self.root_of(key).is_some_and(|it| !is_excluded(it)) && path.is_file() {
            self.disk_changed(&[DiskEvent(path)]);
        } else {
            let files = self.removal(key);
            self.apply(files);
        }
    }

    /// The text and version of an open document.
    pub fn open_text(&self, key: &str) -> Option<(Rope, OpenVersion)> {
        self.open.get(key).map(|it| (it.document.text().clone(), it.version))
    }

    fn set_version(&mut self, key: &str, version: Option<OpenVersion>) {
        let versions = Arc::make_mut(&mut self.versions);
        match version {
            Some(version) => versions.insert(key.to_owned(), version),
            None => versions.remove(key),
        };
    }

    /// The innermost root that holds a file.
    fn root_of(&self, key: &str) -> Option<&Root> {
        self.roots.iter().filter(|it| is_within(key, &it.key)).max_by_key(|it| it.key.len())
    }

    /// The change that gives a file this text, and notes that the analysis holds it.
    fn text_change(&mut self, key: &str, text: Rope, namer: &mut Namer) -> FileChange {
        let name = self.name(key, namer);
        let (module, search_path) = (name.module.clone(), name.search_path.clone());
        let kind = FileChangeKind::Text { text, module, search_path, is_open: self.open.contains_key(key) };
        Arc::make_mut(&mut self.passed_over).remove(key);
        self.held.insert(key.to_owned(), name);
        FileChange { path: key.to_owned(), kind }
    }

    /// The change that takes a file out of the analysis, if it is in.
    fn removal(&mut self, key: &str) -> Vec<FileChange> {
        Arc::make_mut(&mut self.passed_over).remove(key);
        self.installed.remove(key);
        let held = self.held.remove(key);
        held.map(|_| FileChange { path: key.to_owned(), kind: FileChangeKind::Removed }).into_iter().collect()
    }

    fn name(&self, key: &str, namer: &mut Namer) -> ModuleName {
        let path = Path::new(key);
        if !path.is_absolute() {
            // A document that was never saved: its imports are looked for in every root.
            let search_path = self.roots.iter().map(|it| it.key.clone()).collect();
            return ModuleName { module: "untitled".to_owned(), search_path };
        }
        if let Some(root) = self.root_of(key) {
            return namer.name(path, &root.path, &root.sources, &root.sites);
        }
        let sites: Vec<_> = self.roots.iter().flat_map(|it| it.sites.iter().cloned()).collect();
        let root = crate::project::project_root(path);
        let sources = Settings::default().sources(&root);
        namer.name(path, &root, &sources, &sites)
    }

    fn apply(&mut self, files: Vec<FileChange>) {
        if !files.is_empty() {
            self.host.apply(Change { files, ..Change::default() });
        }
    }

    /// The version of `SQLAlchemy` if it is another than before. It is one for the workspace: the first root that sets
    /// one, else that has one installed, decides.
    fn sqlalchemy_change(&mut self) -> Option<SqlAlchemy> {
        let set = self.roots.iter().find_map(|it| it.settings.sqlalchemy());
        let version = set.or_else(|| self.roots.iter().find_map(|it| installed_version(&it.sites))).unwrap_or_default();
        let is_new = self.sqlalchemy.replace(version) != Some(version);
        is_new.then_some(version)
    }
}
