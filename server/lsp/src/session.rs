//! The state of a session, shared by all handlers.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use relmodel_ide::PositionEncoding;
use tokio::sync::watch;
use tower_lsp::Client;

use crate::answered::Answered;
use crate::documents::Documents;
use crate::early::Early;
use crate::findings::Told;
use crate::negotiation::Negotiated;
use crate::notices::Notices;
use crate::writer::{self, Queue};

/// A session with one client.
pub(crate) struct Session {
    /// The way to the client. A request to it is never awaited inside a handler: its answer would have to pass the
    /// messages that wait for the handler.
    pub client: Client,
    /// The open documents.
    pub documents: Arc<Documents>,
    /// The way to the writer.
    pub queue: Queue,
    /// What the client was told of findings.
    pub told: Told,
    /// What it was answered about hints and lenses.
    pub answered: Answered,
    /// What the server tells of its own accord.
    pub notices: Notices,
    /// What can be answered from while the client's folders are loaded.
    pub early: Arc<Early>,
    /// Counts changes of the workspace.
    pub changed: watch::Receiver<u64>,
    negotiated: OnceLock<Negotiated>,
    /// The same as in `negotiated`, for the writer.
    encoding: Arc<OnceLock<PositionEncoding>>,
    folders: RwLock<Vec<PathBuf>>,
    is_shut_down: AtomicBool,
}

impl Session {
    /// A session that is not initialized yet.
    pub(crate) fn new(client: Client) -> Self {
        let encoding = Arc::default();
        let notices = Notices::start(&client);
        let (counter, changed) = watch::channel(0);
        let early = Arc::<Early>::default();
        let queue = writer::start(Arc::clone(&encoding), notices.clone(), counter, Arc::clone(&early));
        Self {
            client,
            documents: Arc::new(Documents::new(queue.clone())),
            queue,
            told: Told::default(),
            answered: Answered::default(),
            notices,
            early,
            changed,
            negotiated: OnceLock::new(),
            encoding,
            folders: RwLock::default(),
            is_shut_down: AtomicBool::new(false),
        }
    }

    /// What was agreed with the client; the protocol's defaults before that.
    pub(crate) fn negotiated(&self) -> &Negotiated {
        static DEFAULT: OnceLock<Negotiated> = OnceLock::new();
        self.negotiated.get().unwrap_or_else(|| DEFAULT.get_or_init(Negotiated::default))
    }

    /// Keeps what was agreed, and the folders to load once the client is ready.
    pub(crate) fn agree(&self, negotiated: Negotiated, folders: Vec<PathBuf>) {
        let _ = self.encoding.set(negotiated.encoding);
        let _ = self.negotiated.set(negotiated);
        self.change_folders(&[], folders);
    }

    /// The folders the client works in.
    pub(crate) fn folders(&self) -> Vec<PathBuf> {
        self.folders.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Notes which folders the client works in from now on.
    pub(crate) fn change_folders(&self, removed: &[PathBuf], added: Vec<PathBuf>) {
        let mut folders = self.folders.write().unwrap_or_else(PoisonError::into_inner);
        folders.retain(|it| !removed.contains(it));
        folders.extend(added);
    }

    /// Notes that the client is about to leave.
    pub(crate) fn shut_down(&self) {
        self.is_shut_down.store(true, Ordering::Relaxed);
    }

    /// Whether the client has said that it is about to leave, so that an exit is a success.
    pub(crate) fn was_shut_down(&self) -> bool {
        self.is_shut_down.load(Ordering::Relaxed)
    }
}
