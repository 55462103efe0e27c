//! The open documents at the protocol's edge: which spelling of its URI a client uses, which version arrived last,
//! and the order of changes. The texts themselves belong to the writer.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use dashmap::DashMap;
use relmodel_ide::Rope;
use relmodel_workspace::{ContentChange, OpenVersion};
use rustc_hash::FxHashMap;
use tokio::time::Instant;
use tower_lsp::ls_types::Uri;

use crate::convert;
use crate::ordering::{Ordering, Verdict};
use crate::places::own_place;
use crate::writer::{Event, Queue};

/// How long a change waits for those before it. Clients that send out of order do so within a few milliseconds.
const HOLD: Duration = Duration::from_millis(100);
/// How often a request looks whether nothing is held any more.
const POLL: Duration = Duration::from_millis(5);

/// The open documents, by key.
pub(crate) struct Documents {
    open: DashMap<String, OpenDocument>,
    /// The keys of documents that are open under another than their URI's, by that one. Nothing for a document whose
    /// file is open under another URI already: two texts of one file cannot both be true.
    places: DashMap<String, Option<String>>,
    queue: Queue,
}

struct OpenDocument {
    uri: Uri,
    order: Ordering<Vec<ContentChange>>,
    /// The text it was opened with, as long as nothing was changed.
    untouched: Option<Rope>,
}

impl Documents {
    /// No documents; changes go to `queue`.
    pub(crate) fn new(queue: Queue) -> Self {
        Self { open: DashMap::new(), places: DashMap::new(), queue }
    }

    /// The key of a document: that of its file's own place, over whichever link it was opened. Nothing for what is no
    /// document here.
    pub(crate) fn key(&self, uri: &Uri) -> Option<String> {
        let key = convert::key(uri)?;
        self.places.get(&key).map_or_else(|| Some(key.clone()), |it| it.clone())
    }

    /// A document was opened in a client that works in these folders. Queues the event before it returns. Gives the URI
    /// under which its file is not spoken of any more.
    pub(crate) fn open(&self, uri: Uri, version: OpenVersion, text: String, folders: &[PathBuf]) -> Option<Uri> {
        let name = convert::key(&uri)?;
        let text = Rope::from(text);
        let place = own_place(&name, folders);
        let key = place.clone().unwrap_or_else(|| name.clone());
        if self.uri(&key).is_some_and(|it| convert::key(&it).as_ref() != Some(&name)) {
            tracing::warn!(name, "the file is open over a link already; this document is not looked at");
            self.places.insert(name, None);
            return None;
        }
        self.places.remove(&name);
        if place.is_some() {
            self.places.insert(name, place.clone());
        }
        self.open
            .insert(key.clone(), OpenDocument { uri, order: Ordering::new(version), untouched: Some(text.clone()) });
        self.queue.send(Event::Open { key, version, text });
        Uri::from_file_path(Path::new(&place?))
    }

    /// A document was changed. Queues what can be applied before it returns.
    pub(crate) fn change(self: &Arc<Self>, key: &str, version: OpenVersion, changes: Vec<ContentChange>) {
        let Some(mut document) = self.open.get_mut(key) else {
            tracing::warn!(key, "a document that is not open was changed");
            return;
        };
        document.untouched = None;
        match document.order.arrived(version, changes) {
            // The entry stays locked while its changes are queued, so that a timer's cannot come in between.
            Verdict::Apply(changes) => self.queue_edits(key, changes),
            Verdict::Held(None) => {}
            Verdict::Held(Some(round)) => {
                tracing::debug!(key, version, "a change came before the one it builds on");
                let (documents, key) = (Arc::clone(self), key.to_owned());
                tokio::spawn(async move {
                    tokio::time::sleep(HOLD).await;
                    documents.expire(&key, round);
                });
            }
        }
    }

    /// A document was closed. Queues the event before it returns. Gives the URI under which its file is not spoken of
    /// any more.
    pub(crate) fn close(&self, uri: &Uri) -> Option<Uri> {
        let key = self.key(uri)?;
        let place = self.places.remove(&convert::key(uri)?);
        let (key, document) = self.open.remove(&key)?;
        self.queue.send(Event::Close { key });
        place.map(|_| document.uri)
    }

    /// The client's own spelling of an open document's URI.
    pub(crate) fn uri(&self, key: &str) -> Option<Uri> {
        self.open.get(key).map(|it| it.uri.clone())
    }

    /// The newest version that has arrived of an open document, applied or not.
    pub(crate) fn newest_version(&self, key: &str) -> Option<OpenVersion> {
        self.open.get(key).map(|it| it.order.newest())
    }

    /// The texts of the open documents, by key, if none of them was changed since.
    pub(crate) fn untouched(&self) -> Option<FxHashMap<String, Rope>> {
        self.open.iter().map(|it| Some((it.key().clone(), it.untouched.clone()?))).collect()
    }

    /// Waits while a change of this document is held, so that an answer speaks of what was typed.
    pub(crate) async fn settled(&self, key: &str) {
        let deadline = Instant::now() + 2 * HOLD;
        while self.is_holding(key) && Instant::now() < deadline {
            tokio::time::sleep(POLL).await;
        }
    }

    fn is_holding(&self, key: &str) -> bool {
        self.open.get(key).is_some_and(|it| it.order.is_holding())
    }

    fn expire(&self, key: &str, round: u64) {
        if let Some(mut document) = self.open.get_mut(key) {
            let changes = document.order.expired(round);
            if !changes.is_empty() {
                tracing::warn!(key, "a version was skipped and did not come; going on without it");
            }
            self.queue_edits(key, changes);
        }
    }

    fn queue_edits(&self, key: &str, changes: Vec<(OpenVersion, Vec<ContentChange>)>) {
        for (version, changes) in changes {
            self.queue.send(Event::Edit { key: key.to_owned(), version, changes });
        }
    }
}
