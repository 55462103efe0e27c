//! `textDocument/prepareRename` and `textDocument/rename`.

use std::collections::HashMap;
use std::sync::Arc;

use relmodel_ide::{Cancelled, Home, OutsideFile, Purpose, Refusal, Rename, RenameEdit, Rope};
use tower_lsp::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp::ls_types::{
    AnnotatedTextEdit, ChangeAnnotation, DocumentChanges, OneOf, OptionalVersionedTextDocumentIdentifier,
    PrepareRenameResponse, RenameParams, TextDocumentEdit, TextDocumentPositionParams, TextEdit, Uri, WorkspaceEdit,
};

use crate::convert;
use crate::read::{Place, read_at};
use crate::session::Session;

/// The annotations that edits refer to.
const KEEP: &str = "keep-database";
const DOUBT: &str = "doubtful";

pub(crate) async fn prepare(
    session: &Arc<Session>,
    params: TextDocumentPositionParams,
) -> Result<Option<PrepareRenameResponse>> {
    let encoding = session.negotiated().encoding;
    let answer = read_at(session, &params, move |place| {
        let found = place.snapshot.analysis.renamable(place.file, place.offset)?;
        Ok(found.map(|found| {
            found.map(|it| PrepareRenameResponse::RangeWithPlaceholder {
                range: convert::range(&place.text, it.range, encoding),
                placeholder: it.name,
            })
        }))
    });
    answer.await?.transpose().map_err(refusal)
}

pub(crate) async fn handle(session: &Arc<Session>, params: RenameParams) -> Result<Option<WorkspaceEdit>> {
    let it = Arc::clone(session);
    let answer = read_at(session, &params.text_document_position, move |place| edit(&it, place, &params.new_name));
    answer.await?.transpose().map_err(refusal)
}

fn refusal(reason: Refusal) -> Error {
    Error { code: ErrorCode::ServerError(REQUEST_FAILED), message: reason.into(), data: None }
}

/// `RequestFailed` of the protocol: the request was sound, but cannot be carried out.
const REQUEST_FAILED: i64 = -32803;

type Answer<T> = std::result::Result<Option<std::result::Result<T, Refusal>>, Cancelled>;

fn edit(session: &Session, place: &Place<'_>, new: &str) -> Answer<WorkspaceEdit> {
    let analysis = &place.snapshot.analysis;
    let words = analysis.reference_words(place.file, place.offset)?;
    let outside = place.snapshot.elsewhere.with_words(&words);
    Ok(analysis.rename(place.file, place.offset, new, &outside)?.map(|found| {
        let mut rename = found?;
        // What may not be meant at all is not meant in a package.
        rename.files.retain(|(home, edits)| {
            let is_own = key_of(place, &outside, home).is_none_or(|it| place.snapshot.is_own(it));
            is_own || edits.iter().any(|it| it.purpose != Purpose::Doubtful)
        });
        let asks = session.negotiated().change_annotations;
        let doubts = rename.files.iter().flat_map(|it| &it.1).filter(|it| it.purpose == Purpose::Doubtful).count();
        if doubts > 0 && !asks {
            let which = if doubts == 1 { "one place".to_owned() } else { format!("{doubts} places") };
            return Err(format!("{which} may mean it too, which cannot be told, and the editor cannot ask"));
        }
        workspace_edit(session, place, &outside, &rename)
    }))
}

/// The key of the file that edits are for.
fn key_of<'a>(place: &'a Place<'_>, outside: &'a [OutsideFile], home: &Home) -> Option<&'a str> {
    match home {
        Home::File(file) => Some(place.snapshot.analysis.path(*file)),
        Home::Outside(index) => outside.get(*index).map(|it| it.path.as_str()),
    }
}

/// The edits of one document, and the version they were made for.
type Changed = (Uri, Option<i32>, Vec<(TextEdit, Purpose)>);

fn workspace_edit(
    session: &Session,
    place: &Place<'_>,
    outside: &[OutsideFile],
    rename: &Rename,
) -> std::result::Result<WorkspaceEdit, Refusal> {
    let mut changed: Vec<Changed> = Vec::new();
    let encoding = session.negotiated().encoding;
    for (home, edits) in &rename.files {
        let (key, text) = match home {
            Home::File(file) => (place.snapshot.analysis.path(*file), place.snapshot.analysis.text(*file)),
            Home::Outside(index) => match outside.get(*index) {
                Some(it) => (it.path.as_str(), Rope::from_str(&it.text)),
                None => continue,
            },
        };
        if !place.snapshot.is_own(key) {
            return Err(format!("{key} would have to change, which is part of a package"));
        }
        let converted = |it: &RenameEdit| {
            let range = convert::range(&text, it.edit.range, encoding);
            (TextEdit { range, new_text: it.edit.replacement.clone() }, it.purpose)
        };
        let Some(uri) = convert::uri(key, &session.documents) else { continue };
        let version = place.snapshot.versions.get(key).copied();
        changed.push((uri, version, edits.iter().map(converted).collect()));
    }
    if !session.negotiated().document_changes {
        let by_uri = changed.into_iter().map(|it| (it.0, it.2.into_iter().map(|it| it.0).collect())).collect();
        return Ok(WorkspaceEdit { changes: Some(by_uri), ..WorkspaceEdit::default() });
    }
    let asks = session.negotiated().change_annotations;
    let annotated = |(edit, purpose): (TextEdit, Purpose)| match purpose {
        Purpose::KeepDatabase if asks => OneOf::Right(annotated(edit, KEEP)),
        Purpose::Doubtful if asks => OneOf::Right(annotated(edit, DOUBT)),
        _ => OneOf::Left(edit),
    };
    let edits = changed.into_iter().map(|(uri, version, edits)| TextDocumentEdit {
        text_document: OptionalVersionedTextDocumentIdentifier { uri, version },
        edits: edits.into_iter().map(annotated).collect(),
    });
    Ok(WorkspaceEdit {
        document_changes: Some(DocumentChanges::Edits(edits.collect())),
        change_annotations: asks.then(annotations),
        ..WorkspaceEdit::default()
    })
}

fn annotated(edit: TextEdit, id: &str) -> AnnotatedTextEdit {
    AnnotatedTextEdit { text_edit: edit, annotation_id: id.to_owned() }
}

fn annotations() -> HashMap<String, ChangeAnnotation> {
    let annotation = |label: &str, description: &str| ChangeAnnotation {
        label: label.to_owned(),
        needs_confirmation: Some(true),
        description: Some(description.to_owned()),
    };
    HashMap::from([
        (
            KEEP.to_owned(),
            annotation("Keep the name in the database", "without it, the table or column is called anew too"),
        ),
        (DOUBT.to_owned(), annotation("May be meant", "what the attribute belongs to cannot be told")),
    ])
}
