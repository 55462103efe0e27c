//! Asks the client to watch the files that a workspace is made of.

use serde_json::json;
use tower_lsp::ls_types::Registration;

use crate::session::Session;

/// What is watched: sources and settings.
const GLOBS: &[&str] = &["**/*.py", "**/pyproject.toml", "**/relmodel.toml"];

/// Asks for it, if the client can be asked.
pub(crate) fn register(session: &Session) {
    if !session.negotiated().watch_files {
        return;
    }
    let watchers: Vec<_> = GLOBS.iter().map(|it| json!({ "globPattern": it })).collect();
    let registration = Registration {
        id: "relmodel/watch".to_owned(),
        method: "workspace/didChangeWatchedFiles".to_owned(),
        register_options: Some(json!({ "watchers": watchers })),
    };
    let client = session.client.clone();
    tokio::spawn(async move {
        if let Err(error) = client.register_capability(vec![registration]).await {
            tracing::warn!("files are not watched: {error}");
        }
    });
}
