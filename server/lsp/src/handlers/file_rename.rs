//! `workspace/willRenameFiles` and `workspace/didRenameFiles`.

use std::path::PathBuf;
use std::str::FromStr;
use std::sync::Arc;

use relmodel_ide::{Feature, FileMove, Home, Rope};
use relmodel_workspace::DiskEvent;
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::{
    FileOperationFilter, FileOperationPattern, FileOperationPatternKind, FileOperationRegistrationOptions, FileRename,
    RenameFilesParams, Uri, WorkspaceEdit,
};

use crate::convert;
use crate::read::read;
use crate::session::Session;
use crate::writer::Event;

/// What the client is to tell of: Python files, and folders, which may hold some.
pub(crate) fn filters() -> FileOperationRegistrationOptions {
    let filter = |glob: &str, kind| FileOperationFilter {
        scheme: Some("file".to_owned()),
        pattern: FileOperationPattern { glob: glob.to_owned(), matches: Some(kind), options: None },
    };
    FileOperationRegistrationOptions {
        filters: vec![
            filter("**/*.py", FileOperationPatternKind::File),
            filter("**", FileOperationPatternKind::Folder),
        ],
    }
}

pub(crate) async fn will_rename(session: &Arc<Session>, params: RenameFilesParams) -> Result<Option<WorkspaceEdit>> {
    let moves: Vec<FileMove> = params.files.iter().filter_map(file_move).collect();
    let it = Arc::clone(session);
    read(session, move |snapshot| {
        let analysis = &snapshot.analysis;
        let words = analysis.moved_words(&moves)?;
        if words.is_empty() {
            return Ok(None);
        }
        let folders: Vec<&str> = moves.iter().map(|it| it.old.as_str()).collect();
        let outside = snapshot.elsewhere.with_words_or_within(&words, &folders);
        let found = analysis.move_files(&moves, &outside, !it.negotiated().imports_follow)?;
        let changed = found.into_iter().filter_map(|(home, edits)| {
            let (key, text) = match home {
                Home::File(file) if !analysis.offers(file, Feature::FileRenames) => return None,
                Home::File(file) => (analysis.path(file), analysis.text(file)),
                Home::Outside(index) => outside.get(index).map(|it| (it.path.as_str(), Rope::from_str(&it.text)))?,
            };
            let uri = convert::uri(key, &it.documents).filter(|_| snapshot.is_own(key))?;
            let edits = edits.iter().map(|edit| convert::text_edit(&text, edit, it.negotiated().encoding));
            Some((uri, snapshot.versions.get(key).copied(), edits.collect()))
        });
        let changed: Vec<_> = changed.collect();
        Ok((!changed.is_empty()).then(|| convert::documents_edit(changed, it.negotiated())))
    })
    .await
}

/// Files have other paths now: what the clients that watch files tell too, told at once.
pub(crate) fn did_rename(session: &Arc<Session>, params: &RenameFilesParams) {
    let moves = params.files.iter().filter_map(file_move);
    let events: Vec<DiskEvent> = moves.flat_map(|it| [it.old, it.new]).map(|it| DiskEvent(PathBuf::from(it))).collect();
    if !events.is_empty() {
        session.queue.send(Event::Disk(events));
    }
}

fn file_move(it: &FileRename) -> Option<FileMove> {
    let key = |uri: &str| convert::key(&Uri::from_str(uri).ok()?);
    Some(FileMove { old: key(&it.old_uri)?, new: key(&it.new_uri)? })
}
