//! `textDocument/didOpen`, `didChange` and `didClose`. Nothing here waits, so what it queues stands in the order of
//! the client's messages.

use std::sync::Arc;

use relmodel_workspace::ContentChange;
use tower_lsp::ls_types::{
    DidChangeTextDocumentParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams, TextDocumentContentChangeEvent,
};

use crate::session::Session;
use crate::{convert, publish};

pub(crate) fn did_open(session: &Arc<Session>, params: DidOpenTextDocumentParams) {
    let document = params.text_document;
    // Some clients send every file of a project, whatever its language.
    if document.language_id != "python" && !convert::key(&document.uri).is_some_and(|it| has_python_name(&it)) {
        return;
    }
    let documents = &session.documents;
    if let Some(before) = documents.open(document.uri, document.version, document.text, &session.folders()) {
        publish::withdraw(session, before);
    }
}

pub(crate) fn did_change(session: &Arc<Session>, params: DidChangeTextDocumentParams) {
    let Some(key) = session.documents.key(&params.text_document.uri) else { return };
    let changes = params.content_changes.into_iter().map(change).collect();
    session.documents.change(&key, params.text_document.version, changes);
}

pub(crate) fn did_close(session: &Arc<Session>, params: &DidCloseTextDocumentParams) {
    if let Some(before) = session.documents.close(&params.text_document.uri) {
        publish::withdraw(session, before);
    }
}

fn change(event: TextDocumentContentChangeEvent) -> ContentChange {
    let range = event.range.map(|it| (convert::from_position(it.start), convert::from_position(it.end)));
    ContentChange { range, text: event.text }
}

fn has_python_name(key: &str) -> bool {
    let extension = key.rsplit('.').next().unwrap_or_default();
    extension.eq_ignore_ascii_case("py") || extension.eq_ignore_ascii_case("pyi")
}
