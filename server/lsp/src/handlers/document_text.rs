//! `relmodel/documentText`: the text the server has of an open document, to compare with the client's.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use tokio::sync::oneshot;
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::ls_types::Uri;

use crate::session::Session;
use crate::writer::Event;

/// The method's name.
pub(crate) const METHOD: &str = "relmodel/documentText";

/// Which document.
#[derive(Debug, Deserialize)]
pub(crate) struct Params {
    uri: Uri,
}

/// Its text.
#[derive(Debug, Serialize)]
pub(crate) struct Answer {
    text: String,
    version: i32,
}

pub(crate) async fn handle(session: &Arc<Session>, params: Params) -> Result<Option<Answer>> {
    let Some(key) = session.documents.key(&params.uri) else { return Ok(None) };
    session.documents.settled(&key).await;
    let (reply, answer) = oneshot::channel();
    session.queue.send(Event::Text { key, reply });
    let text = answer.await.map_err(|_| Error::internal_error())?;
    Ok(text.map(|(text, version)| Answer { text: text.to_string(), version }))
}
