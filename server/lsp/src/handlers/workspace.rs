//! `workspace/didChangeWatchedFiles`, `workspace/didChangeWorkspaceFolders` and `workspace/didChangeConfiguration`.

use std::path::PathBuf;
use std::sync::Arc;

use relmodel_workspace::DiskEvent;
use tower_lsp::ls_types::{
    DidChangeConfigurationParams, DidChangeWatchedFilesParams, DidChangeWorkspaceFoldersParams, Uri, WorkspaceFolder,
};

use crate::configuration;
use crate::session::Session;
use crate::writer::Event;

pub(crate) fn did_change_watched_files(session: &Arc<Session>, params: &DidChangeWatchedFilesParams) {
    let events: Vec<_> = params.changes.iter().filter_map(|it| path(&it.uri)).map(DiskEvent).collect();
    if !events.is_empty() {
        session.queue.send(Event::Disk(events));
    }
}

pub(crate) fn did_change_workspace_folders(session: &Arc<Session>, params: DidChangeWorkspaceFoldersParams) {
    let paths = |folders: Vec<WorkspaceFolder>| folders.iter().filter_map(|it| path(&it.uri)).collect::<Vec<_>>();
    let (added, removed) = (paths(params.event.added), paths(params.event.removed));
    session.change_folders(&removed, added.clone());
    session.queue.send(Event::Folders { added, removed });
}

pub(crate) fn did_change_configuration(session: &Arc<Session>, params: &DidChangeConfigurationParams) {
    if session.negotiated().configuration {
        // What is sent along may be of any section, or nothing.
        configuration::ask(session);
    } else {
        configuration::take(session, &params.settings);
    }
}

fn path(uri: &Uri) -> Option<PathBuf> {
    if uri.scheme().as_str() != "file" {
        return None;
    }
    uri.to_file_path().map(std::borrow::Cow::into_owned)
}
