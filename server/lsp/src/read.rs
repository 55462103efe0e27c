//! Answering a request: take a snapshot, compute on a pool thread, and begin again if a change came in meanwhile.

use std::sync::Arc;

use relmodel_ide::{Cancelled, FileId, Rope, offset_at};
use tokio::sync::oneshot;
use tower_lsp::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp::ls_types::{TextDocumentPositionParams, Uri};

use crate::convert;
use crate::session::Session;
use crate::writer::{Event, Snapshot};

/// How often an answer is begun again. Whoever types on faster than that will ask again anyway.
const ATTEMPTS: usize = 5;

/// Computes an answer from a snapshot.
///
/// # Errors
/// `ContentModified` if changes kept coming in, `InternalError` if the computation panicked.
pub(crate) async fn read<T: Send + 'static>(
    session: &Session,
    compute: impl Fn(&Snapshot) -> std::result::Result<T, Cancelled> + Send + Sync + 'static,
) -> Result<T> {
    let compute = Arc::new(compute);
    for _ in 0..ATTEMPTS {
        let snapshot = snapshot(session).await?;
        let compute = Arc::clone(&compute);
        match tokio::task::spawn_blocking(move || compute(&snapshot)).await {
            Ok(Ok(answer)) => return Ok(answer),
            Ok(Err(Cancelled)) => {}
            Err(error) => {
                tracing::error!("an answer was lost to a panic: {error}");
                return Err(Error::internal_error());
            }
        }
    }
    Err(Error::new(ErrorCode::ContentModified))
}

/// Computes an answer about a place in a document; `None` where the document is not known.
///
/// # Errors
/// As [`read`].
pub(crate) async fn read_at<T: Send + 'static>(
    session: &Session,
    place: &TextDocumentPositionParams,
    compute: impl Fn(&Place<'_>) -> std::result::Result<Option<T>, Cancelled> + Send + Sync + 'static,
) -> Result<Option<T>> {
    let Some(key) = session.documents.key(&place.text_document.uri) else { return Ok(None) };
    session.documents.settled(&key).await;
    let position = convert::from_position(place.position);
    let encoding = session.negotiated().encoding;
    read(session, move |snapshot| {
        let Some(file) = snapshot.analysis.file(&key) else { return Ok(None) };
        let text = snapshot.analysis.text(file);
        let offset = offset_at(&text, position, encoding);
        compute(&Place { snapshot, file, text, offset })
    })
    .await
}

/// Computes an answer about a whole document; `None` where it is not known.
///
/// # Errors
/// As [`read`].
pub(crate) async fn read_file<T: Send + 'static>(
    session: &Session,
    uri: &Uri,
    compute: impl Fn(&Open<'_>) -> std::result::Result<Option<T>, Cancelled> + Send + Sync + 'static,
) -> Result<Option<T>> {
    let Some(key) = session.documents.key(uri) else { return Ok(None) };
    session.documents.settled(&key).await;
    read(session, move |snapshot| {
        let Some(file) = snapshot.analysis.file(&key) else { return Ok(None) };
        compute(&Open { snapshot, file, text: snapshot.analysis.text(file) })
    })
    .await
}

/// A document, and what is known of it.
pub(crate) struct Open<'a> {
    /// The snapshot to answer from.
    pub snapshot: &'a Snapshot,
    /// The file.
    pub file: FileId,
    /// Its text.
    pub text: Rope,
}

/// Where the cursor is, and what is known of it.
pub(crate) struct Place<'a> {
    /// The snapshot to answer from.
    pub snapshot: &'a Snapshot,
    /// The file.
    pub file: FileId,
    /// Its text.
    pub text: Rope,
    /// The cursor, as a byte offset into the text.
    pub offset: u32,
}

/// A snapshot of the state after every event that was queued before.
async fn snapshot(session: &Session) -> Result<Snapshot> {
    let (reply, answer) = oneshot::channel();
    session.queue.send(Event::Snapshot(reply));
    answer.await.map_err(|_| Error::internal_error())
}
