//! The state that answers come from: one writer, and snapshots for readers.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use rayon::prelude::*;
use relmodel_facts::{Extracted, extract, reextract};
use relmodel_model::{Db, FileSet, Name, Rare, RareFiles, SourceFile, SqlAlchemy, Workspace, contribute};
use relmodel_syntax::{Changes, Document, Rope};
use rustc_hash::FxHashMap;
use salsa::{Database as _, Durability, Setter as _};

use crate::policy::Policy;
use crate::surviving::text_of;

/// A file of the analysis.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FileId(pub(crate) SourceFile);

/// A change was applied while the answer was being worked out; ask again with a fresh snapshot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cancelled;

/// Changes that take effect together.
#[derive(Default)]
pub struct Change {
    /// The files that change, in order.
    pub files: Vec<FileChange>,
    /// The SQLAlchemy that the project runs with, if that changes.
    pub sqlalchemy: Option<SqlAlchemy>,
    /// What is reported where, if that changes: all policies there are.
    pub policies: Option<Vec<Policy>>,
}

/// The change of one file.
#[derive(Clone)]
pub struct FileChange {
    /// The path, `/`-separated; it names the file in every other call.
    pub path: String,
    /// What happens to it.
    pub kind: FileChangeKind,
}

/// What happens to a file.
#[derive(Clone)]
pub enum FileChangeKind {
    /// It has this text now.
    Text {
        /// The text.
        text: Rope,
        /// The dotted name under which Python would import it.
        module: String,
        /// The folders that its absolute imports are looked up in, best first.
        search_path: Vec<String>,
        /// Whether it is open, so that edits are to be expected.
        is_open: bool,
    },
    /// An open document was edited. The file has been set by a text before.
    Edited {
        /// The document behind the edit.
        document: Document,
        /// What the edit changed.
        changes: Changes,
    },
    /// It is gone.
    Removed,
}

#[salsa::db]
#[derive(Clone, Default)]
pub(crate) struct Database {
    storage: salsa::Storage<Self>,
    /// The queries that have been executed, not those that were found unchanged, if that is counted.
    executed: Arc<Mutex<Vec<String>>>,
}

impl Database {
    /// A database that counts. Telling of each query costs a few percent of it, so others do not.
    fn counting() -> Self {
        let executed = Arc::<Mutex<Vec<String>>>::default();
        let counted = Arc::clone(&executed);
        let count = move |event: salsa::Event| {
            if let salsa::EventKind::WillExecute { database_key } = event.kind {
                counted.lock().unwrap_or_else(PoisonError::into_inner).push(format!("{database_key:?}"));
            }
        };
        Self { storage: salsa::Storage::new(Some(Box::new(count))), executed }
    }
}

#[salsa::db]
impl salsa::Database for Database {}

#[salsa::db]
impl Db for Database {}

/// What is kept of a file beside its facts.
#[derive(Clone)]
pub(crate) struct FileState {
    pub(crate) text: Rope,
    pub(crate) extracted: Arc<Extracted>,
    rare: Rare,
    is_open: bool,
    /// Why it has no facts, if reading them failed.
    failure: Option<Arc<str>>,
}

impl FileState {
    /// The state of a file whose facts `read` gives. Should that panic, the file says nothing, and the others go on.
    fn new(text: Rope, read: impl FnOnce() -> Extracted, is_open: bool) -> Self {
        let (extracted, failure) = match catch_unwind(AssertUnwindSafe(read)) {
            Ok(extracted) => (extracted, None),
            Err(panic) => (Extracted::default(), Some(text_of(panic.as_ref()).into())),
        };
        let rare = Rare::of(&extracted.facts);
        Self { text, extracted: Arc::new(extracted), rare, is_open, failure }
    }

    /// The state of a file with this text.
    fn read(text: Rope, is_open: bool) -> Self {
        let source = text.clone();
        Self::new(text, || Document::parse(source).map(|it| extract(&it)).unwrap_or_default(), is_open)
    }
}

/// The one writer.
pub struct AnalysisHost {
    db: Database,
    files: Arc<FxHashMap<SourceFile, FileState>>,
    /// Every path ever seen: an input outlives its file and serves again when the file comes back.
    inputs: Arc<FxHashMap<String, SourceFile>>,
    policies: Arc<Vec<Policy>>,
    /// Whether the files that came last have been prepared.
    prepared: Arc<OnceLock<()>>,
    /// How lasting the facts of closed files are. What depends on them alone is not looked at again after a keystroke.
    closed: Durability,
}

impl Default for AnalysisHost {
    fn default() -> Self {
        Self::new()
    }
}

impl AnalysisHost {
    /// An analysis of no files.
    pub fn new() -> Self {
        Self::over(Database::default())
    }

    /// An analysis of no files for one run over them: what it finds out is not kept ready for changes, which takes less time
    /// and memory. A file that changes all the same is read anew, and the old one is not forgotten.
    pub fn for_one_run() -> Self {
        Self { closed: Durability::NEVER_CHANGE, ..Self::new() }
    }

    /// An analysis of no files whose [`AnalysisHost::resolutions`] are counted.
    pub fn counting() -> Self {
        Self::over(Database::counting())
    }

    fn over(db: Database) -> Self {
        let workspace = Workspace::builder(Arc::default(), Arc::default(), Arc::default(), SqlAlchemy::default());
        let _ = workspace.durability(Durability::HIGH).new(&db);
        Self {
            db,
            files: Arc::default(),
            inputs: Arc::default(),
            policies: Arc::default(),
            prepared: Arc::default(),
            closed: Durability::HIGH,
        }
    }

    /// Applies a change. Snapshots taken before are cancelled; their answers come back as [`Cancelled`].
    pub fn apply(&mut self, change: Change) {
        if let Some(sqlalchemy) = change.sqlalchemy {
            let workspace = Workspace::get(&self.db);
            workspace.set_sqlalchemy(&mut self.db).with_durability(Durability::HIGH).to(sqlalchemy);
        }
        if let Some(policies) = change.policies {
            self.db.trigger_cancellation();
            self.policies = Arc::new(policies);
        }
        let mut changed = Changed::default();
        let held = |path: &str| self.inputs.get(path).and_then(|it| self.files.get(it));
        let files: Vec<_> = change.files.into_iter().map(|it| (held(&it.path).cloned(), it)).collect();
        let prepared: Vec<_> = files.into_par_iter().map(|(held, it)| (it.path, prepare(it.kind, held))).collect();
        for (path, prepared) in prepared {
            changed.add(self.apply_file(&path, prepared));
        }
        if changed.set {
            let files = self.files.keys().copied().collect();
            let set = Arc::new(FileSet::new(&self.db, files));
            Workspace::get(&self.db).set_files(&mut self.db).with_durability(Durability::HIGH).to(set);
            self.prepared = Arc::default();
        }
        if changed.set || changed.rare {
            self.update_rare_files();
        }
        if changed.set || changed.open {
            self.update_open_files();
        }
    }

    fn update_rare_files(&mut self) {
        let workspace = Workspace::get(&self.db);
        let files = &workspace.files(&self.db).files;
        let rare = RareFiles::among(files.iter().filter_map(|it| Some((*it, self.files.get(it)?.rare))));
        if **workspace.rare(&self.db) != rare {
            workspace.set_rare(&mut self.db).with_durability(Durability::HIGH).to(Arc::new(rare));
        }
    }

    fn update_open_files(&mut self) {
        let workspace = Workspace::get(&self.db);
        let open = self.files.iter().filter(|it| it.1.is_open).map(|it| *it.0).collect();
        if **workspace.open(&self.db) != open {
            workspace.set_open(&mut self.db).with_durability(Durability::HIGH).to(Arc::new(open));
        }
    }

    /// Says that no change will come any more, where there is one run alone: what is found out from now on is not kept
    /// ready for any.
    pub fn freeze(&mut self) {
        let workspace = Workspace::get(&self.db);
        let last = Durability::NEVER_CHANGE;
        let (files, open, rare) = (workspace.files(&self.db), workspace.open(&self.db), workspace.rare(&self.db));
        let (files, open, rare) = (Arc::clone(files), Arc::clone(open), Arc::clone(rare));
        let sqlalchemy = workspace.sqlalchemy(&self.db);
        workspace.set_files(&mut self.db).with_durability(last).to(files);
        workspace.set_open(&mut self.db).with_durability(last).to(open);
        workspace.set_rare(&mut self.db).with_durability(last).to(rare);
        workspace.set_sqlalchemy(&mut self.db).with_durability(last).to(sqlalchemy);
    }

    /// How many resolutions (executed queries of the model and the rules) there have been: what an edit costs, counted
    /// instead of timed. None of an analysis that does not count.
    pub fn resolutions(&self) -> u64 {
        self.executed().len() as u64
    }

    /// Those of [`AnalysisHost::resolutions`] that were of one query, by its name.
    pub fn resolutions_of(&self, query: &str) -> u64 {
        let is_it = |it: &&String| it.split('(').next() == Some(query);
        self.executed().iter().filter(is_it).count() as u64
    }

    fn executed(&self) -> MutexGuard<'_, Vec<String>> {
        self.db.executed.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The state as it is now, for readers.
    pub fn snapshot(&self) -> Analysis {
        Analysis {
            db: self.db.clone(),
            files: Arc::clone(&self.files),
            inputs: Arc::clone(&self.inputs),
            policies: Arc::clone(&self.policies),
            prepared: Arc::clone(&self.prepared),
        }
    }

    fn apply_file(&mut self, path: &str, prepared: Prepared) -> Changed {
        match prepared {
            Prepared::Text { state, module, search_path } => {
                let search_path: Arc<[Name]> = search_path.iter().map(Name::from).collect();
                self.set_text(path, state, (Name::from(&module), search_path))
            }
            Prepared::Edited { document, changes } => {
                let Some(&file) = self.inputs.get(path) else { return Changed::default() };
                let Some(old) = self.files.get(&file) else { return Changed::default() };
                let read = || reextract(&old.extracted, &document, &changes);
                let state = FileState::new(document.text().clone(), read, true);
                self.set_state(file, state)
            }
            Prepared::Removed => {
                let Some(&file) = self.inputs.get(path) else { return Changed::default() };
                let was_there = Arc::make_mut(&mut self.files).remove(&file).is_some();
                if was_there && self.closed != Durability::NEVER_CHANGE {
                    file.set_facts(&mut self.db).with_durability(Durability::HIGH).to(Arc::default());
                }
                Changed { set: was_there, ..Changed::default() }
            }
        }
    }

    fn set_text(&mut self, path: &str, state: FileState, home: (Name, Arc<[Name]>)) -> Changed {
        let (module, search_path) = home;
        let Some(&file) = self.inputs.get(path).filter(|_| self.closed != Durability::NEVER_CHANGE) else {
            let facts = Arc::clone(&state.extracted.facts);
            let file = SourceFile::builder(Name::from(path), module, search_path, facts)
                .durability(self.closed)
                .facts_durability(self.durability_of(&state))
                .new(&self.db);
            let files = Arc::make_mut(&mut self.files);
            if let Some(old) = Arc::make_mut(&mut self.inputs).insert(path.to_owned(), file) {
                files.remove(&old);
            }
            files.insert(file, state);
            return Changed { set: true, ..Changed::default() };
        };
        if file.module(&self.db) != module {
            file.set_module(&mut self.db).with_durability(Durability::HIGH).to(module);
        }
        if *file.search_path(&self.db) != search_path {
            file.set_search_path(&mut self.db).with_durability(Durability::HIGH).to(search_path);
        }
        let is_new = !self.files.contains_key(&file);
        let changed = self.set_state(file, state);
        Changed { set: is_new, ..changed }
    }

    fn durability_of(&self, state: &FileState) -> Durability {
        if state.is_open { Durability::LOW } else { self.closed }
    }

    /// Sets the facts only if they differ: a change that says nothing new re-resolves nothing.
    fn set_state(&mut self, file: SourceFile, state: FileState) -> Changed {
        let old = self.files.get(&file);
        let is_opened_or_closed = old.is_none_or(|it| it.is_open != state.is_open);
        let rare = old.is_none_or(|it| it.rare != state.rare);
        if is_opened_or_closed || **file.facts(&self.db) != *state.extracted.facts {
            let facts = Arc::clone(&state.extracted.facts);
            let durability = self.durability_of(&state);
            file.set_facts(&mut self.db).with_durability(durability).to(facts);
        }
        Arc::make_mut(&mut self.files).insert(file, state);
        Changed { set: false, rare, open: is_opened_or_closed }
    }
}

/// What the change of one file has changed beside that file.
#[derive(Clone, Copy, Default)]
struct Changed {
    /// The set of files.
    set: bool,
    /// Which files have rare statements.
    rare: bool,
    /// Which files are open.
    open: bool,
}

impl Changed {
    fn add(&mut self, other: Self) {
        self.set |= other.set;
        self.rare |= other.rare;
        self.open |= other.open;
    }
}

/// A file's change with its facts.
enum Prepared {
    Text { state: FileState, module: String, search_path: Vec<String> },
    Edited { document: Document, changes: Changes },
    Removed,
}

/// The part of a change that can be done side by side: reading the facts of whole texts. A text that is held already, such
/// as that of a file which is opened, is not read again.
fn prepare(kind: FileChangeKind, held: Option<FileState>) -> Prepared {
    match kind {
        FileChangeKind::Text { text, module, search_path, is_open } => {
            let state = match held.filter(|it| it.text == text) {
                Some(held) => FileState { is_open, ..held },
                None => FileState::read(text, is_open),
            };
            Prepared::Text { state, module, search_path }
        }
        FileChangeKind::Edited { document, changes } => Prepared::Edited { document, changes },
        FileChangeKind::Removed => Prepared::Removed,
    }
}

/// An immutable view of the analysis. Answers speak of the state it was taken in.
///
/// The writer waits for readers to notice that they are cancelled, so a snapshot must not be kept longer than the
/// answer takes.
#[derive(Clone)]
pub struct Analysis {
    pub(crate) db: Database,
    pub(crate) files: Arc<FxHashMap<SourceFile, FileState>>,
    inputs: Arc<FxHashMap<String, SourceFile>>,
    pub(crate) policies: Arc<Vec<Policy>>,
    prepared: Arc<OnceLock<()>>,
}

impl Analysis {
    /// The file at a path.
    pub fn file(&self, path: &str) -> Option<FileId> {
        self.inputs.get(path).filter(|it| self.files.contains_key(it)).copied().map(FileId)
    }

    /// All files, sorted by path.
    pub fn files(&self) -> Vec<FileId> {
        let mut res: Vec<FileId> = self.files.keys().copied().map(FileId).collect();
        res.sort_by_key(|it| self.path(*it));
        res
    }

    /// Has what all files add to the look-up tables worked out side by side, once after files came or went. Findings
    /// need the look-up tables, which by themselves ask one file after the other.
    pub(crate) fn prepare(&self) {
        self.prepared.get_or_init(|| {
            let files: Vec<_> = self.files.keys().copied().collect();
            files.into_par_iter().for_each_with(self.db.clone(), |db, file| contribute(db, file));
        });
    }

    /// The path of a file.
    pub fn path(&self, file: FileId) -> &'static str {
        file.0.path(&self.db).as_str()
    }

    /// Why nothing is known of what a file says, if reading it failed.
    pub fn failure(&self, file: FileId) -> Option<&str> {
        self.files.get(&file.0).and_then(|it| it.failure.as_deref())
    }

    /// The text of a file that this snapshot's answers speak of.
    pub fn text(&self, file: FileId) -> Rope {
        self.files.get(&file.0).map(|it| it.text.clone()).unwrap_or_default()
    }
}

/// Runs `answer`, unless a change comes in between.
pub(crate) fn guarded<T>(answer: impl FnOnce() -> T) -> Result<T, Cancelled> {
    salsa::Cancelled::catch(AssertUnwindSafe(answer)).map_err(|_| Cancelled)
}
