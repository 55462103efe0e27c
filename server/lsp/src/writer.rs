//! The one writer: a thread that owns the workspace and takes events from a queue, one after the other. Snapshots are
//! taken by an event too, so that a reader sees every change that was queued before it asked.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock, mpsc};
use std::thread;

use relmodel_ide::{Analysis, FileId, PositionEncoding, Rope};
use relmodel_workspace::{
    ContentChange, DiskEvent, Elsewhere, OpenVersion, Options, Overrides, Problem, Stage, Workspace, is_within,
    project_root,
};
use rustc_hash::FxHashMap;
use tokio::sync::{oneshot, watch};

use crate::early::Early;
use crate::notices::{Notice, Notices};
use crate::transport::text_of;

/// Something for the writer to do.
pub(crate) enum Event {
    /// A document was opened.
    Open { key: String, version: OpenVersion, text: Rope },
    /// A document was edited.
    Edit { key: String, version: OpenVersion, changes: Vec<ContentChange> },
    /// A document was closed.
    Close { key: String },
    /// Paths changed on disk.
    Disk(Vec<DiskEvent>),
    /// The client's folders changed; the first time, they are all added.
    Folders { added: Vec<PathBuf>, removed: Vec<PathBuf> },
    /// The client says what is set.
    Settings(serde_json::Value),
    /// A reader wants a snapshot.
    Snapshot(oneshot::Sender<Snapshot>),
    /// A reader wants an open document's text.
    Text { key: String, reply: oneshot::Sender<Option<(Rope, OpenVersion)>> },
}

/// What a reader answers from. It must not be kept while waiting: the next change waits until it is gone.
pub(crate) struct Snapshot {
    /// The analysis.
    pub analysis: Analysis,
    /// The versions of the open documents it knows.
    pub versions: Arc<FxHashMap<String, OpenVersion>>,
    /// The keys of the workspace's roots.
    pub roots: Arc<Vec<String>>,
    /// The files that the analysis does not hold.
    pub elsewhere: Elsewhere,
}

impl Snapshot {
    /// The open documents that the analysis holds, sorted by key.
    pub(crate) fn open_files(&self) -> Vec<FileId> {
        let mut keys: Vec<&String> = self.versions.keys().collect();
        keys.sort();
        keys.into_iter().filter_map(|it| self.analysis.file(it)).collect()
    }

    /// Whether findings in this file are the user's concern: it lies in a root, or is open.
    pub(crate) fn is_own(&self, key: &str) -> bool {
        let is_installed = |it: &str| relmodel_workspace::is_installed(Path::new(it));
        let holds = |it: &String| is_within(key, it) && (is_installed(it) || !is_installed(key));
        self.versions.contains_key(key) || self.roots.iter().any(holds)
    }
}

/// The sending end of the writer's queue.
#[derive(Clone)]
pub(crate) struct Queue(mpsc::Sender<Event>);

impl Queue {
    /// Puts an event at the end of the queue. After the session's end it is dropped.
    pub(crate) fn send(&self, event: Event) {
        if self.0.send(event).is_err() {
            tracing::error!("the writer is gone");
        }
    }
}

/// Starts the writer. `changed` counts the changes that were made.
pub(crate) fn start(
    encoding: Arc<OnceLock<PositionEncoding>>,
    notices: Notices,
    changed: watch::Sender<u64>,
    early: Arc<Early>,
) -> Queue {
    let (sender, receiver) = mpsc::channel();
    let writer =
        Writer { workspace: Workspace::new(), roots: Arc::default(), encoding, notices, early, has_folders: false };
    let thread = thread::Builder::new().name("writer".to_owned());
    if let Err(error) = thread.spawn(move || writer.run(&receiver, &changed)) {
        tracing::error!("the writer cannot be started; every request will fail: {error}");
    }
    Queue(sender)
}

struct Writer {
    workspace: Workspace,
    roots: Arc<Vec<String>>,
    encoding: Arc<OnceLock<PositionEncoding>>,
    notices: Notices,
    early: Arc<Early>,
    /// Whether the client works with folders. If not, an opened file brings its project along.
    has_folders: bool,
}

impl Writer {
    fn run(mut self, events: &mpsc::Receiver<Event>, changed: &watch::Sender<u64>) {
        while let Ok(event) = events.recv() {
            // Analysis never fails. Should it nevertheless, the session lives on with what there is.
            match catch_unwind(AssertUnwindSafe(|| self.handle(event))) {
                Ok(Effect::None) => {}
                Ok(Effect::Changed) => changed.send_modify(|it| *it += 1),
                Err(panic) => {
                    self.early.end();
                    let text = text_of(panic.as_ref());
                    tracing::error!("a change was lost to a panic: {text}");
                    self.notices.send(Notice::Log(format!("a change was lost to an internal error: {text}")));
                    changed.send_modify(|it| *it += 1);
                }
            }
        }
    }

    fn handle(&mut self, event: Event) -> Effect {
        match event {
            Event::Open { key, version, text } => {
                self.workspace.open(&key, version, text);
                self.add_project_of(&key);
            }
            Event::Edit { key, version, changes } => {
                let encoding = self.encoding.get().copied().unwrap_or_default();
                self.workspace.edit(&key, version, &changes, encoding);
            }
            Event::Close { key } => self.workspace.close(&key),
            Event::Disk(events) => {
                let problems = self.workspace.disk_changed(&events);
                self.report(problems);
            }
            Event::Folders { added, removed } => {
                self.has_folders |= !added.is_empty();
                for folder in removed {
                    self.workspace.remove_root(&folder);
                }
                for folder in added {
                    self.add_root(&folder);
                }
                self.roots = Arc::new(self.workspace.root_keys());
                self.early.end();
            }
            Event::Settings(json) => {
                let (options, mut problems) = Options::from_json(&json);
                problems.extend(self.workspace.set_overrides(Overrides { file: None, options }));
                self.report(problems);
            }
            Event::Snapshot(reply) => {
                let (analysis, versions) = (self.workspace.snapshot(), self.workspace.versions());
                // A reader that does not wait any more is no loss.
                let elsewhere = self.workspace.elsewhere();
                let _ = reply.send(Snapshot { analysis, versions, roots: Arc::clone(&self.roots), elsewhere });
                return Effect::None;
            }
            Event::Text { key, reply } => {
                let _ = reply.send(self.workspace.open_text(&key));
                return Effect::None;
            }
        }
        Effect::Changed
    }

    /// Without folders, the project of an opened file is loaded with it.
    fn add_project_of(&mut self, key: &str) {
        let path = Path::new(key);
        if self.has_folders || !path.is_absolute() || self.workspace.has_root_for(key) {
            return;
        }
        self.add_root(&project_root(path));
        self.roots = Arc::new(self.workspace.root_keys());
    }

    fn add_root(&mut self, root: &Path) {
        let name = root.file_name().unwrap_or(root.as_os_str()).to_string_lossy().into_owned();
        self.notices.send(Notice::IndexingBegins(name));
        let notices = self.notices.clone();
        let early = Arc::clone(&self.early);
        let on_stage = &mut |stage: Stage<'_>| {
            let (message, percent) = match stage {
                Stage::Reading(count) => (format!("reading {count} files"), 20),
                Stage::Analysing(coming) => {
                    early.offer(coming);
                    (format!("analysing {} files", coming.len()), 60)
                }
            };
            notices.send(Notice::IndexingGoesOn(message, percent));
        };
        let problems = self.workspace.add_root(root, &[], on_stage);
        self.notices.send(Notice::IndexingEnds);
        self.report(problems);
    }

    fn report(&self, problems: Vec<Problem>) {
        for problem in problems {
            tracing::warn!("{problem}");
            self.notices.send(Notice::Problem(problem));
        }
    }
}

enum Effect {
    None,
    Changed,
}
