//! What the client sets: sent with `initialize`, asked for with `workspace/configuration`, or sent when it changes.

use std::sync::Arc;

use serde_json::{Value, json};
use tower_lsp::ls_types::{ConfigurationItem, Registration};

use crate::session::Session;
use crate::writer::Event;

/// The part of a client's settings that is for this server.
const SECTION: &str = "relmodel";

/// Takes settings that the client sent of its own accord: those of this server, alone or among others'.
pub(crate) fn take(session: &Session, sent: &Value) {
    let own = sent.get(SECTION).or_else(|| sent.get("settings")).unwrap_or(sent);
    if own.is_object() {
        session.queue.send(Event::Settings(own.clone()));
    }
}

/// Asks the client for its settings, if it can be asked.
pub(crate) fn ask(session: &Arc<Session>) {
    if !session.negotiated().configuration {
        return;
    }
    let session = Arc::clone(session);
    tokio::spawn(async move {
        let item = ConfigurationItem { scope_uri: None, section: Some(SECTION.to_owned()) };
        match session.client.configuration(vec![item]).await {
            Ok(answer) => answer.iter().for_each(|it| take(&session, it)),
            Err(error) => tracing::warn!("the client's settings are not known: {error}"),
        }
    });
}

/// Asks to be told when they change, if the client can be asked.
pub(crate) fn register(session: &Session) {
    if !session.negotiated().watch_configuration {
        return;
    }
    let registration = Registration {
        id: "relmodel/configuration".to_owned(),
        method: "workspace/didChangeConfiguration".to_owned(),
        register_options: Some(json!({ "section": SECTION })),
    };
    let client = session.client.clone();
    tokio::spawn(async move {
        if let Err(error) = client.register_capability(vec![registration]).await {
            tracing::warn!("changes of settings are not told: {error}");
        }
    });
}
