//! Between the protocol's types and the analysis's: URIs and keys, positions and offsets, findings.

use std::path::Path;
use std::str::FromStr;

use relmodel_ide::{
    Cancelled, Diagnostic, FileEdits, FileId, Position, PositionEncoding, Related, Rope, Severity, TextRange,
    position_at,
};
use relmodel_workspace::{OpenVersion, path_key};
use tower_lsp::ls_types::{
    self, CodeDescription, DiagnosticRelatedInformation, DiagnosticSeverity, DocumentChanges, Location, OneOf,
    OptionalVersionedTextDocumentIdentifier, TextDocumentEdit, TextEdit, Uri, WorkspaceEdit,
};

use crate::documents::Documents;
use crate::negotiation::Negotiated;
use crate::writer::Snapshot;

/// What a finding is shown to come from.
const SOURCE: &str = "relmodel";

/// The key of a document: the path of a file, or the URI of what was never saved. Other schemes are other programs'
/// views of files, and are no documents here.
pub(crate) fn key(uri: &Uri) -> Option<String> {
    match uri.scheme().as_str() {
        "file" => uri.to_file_path().map(|it| path_key(&it)),
        "untitled" => Some(uri.as_str().to_owned()),
        _ => None,
    }
}

/// The URI of a document: the client's own spelling while it is open.
pub(crate) fn uri(key: &str, documents: &Documents) -> Option<Uri> {
    let own = documents.uri(key);
    own.or_else(|| Uri::from_file_path(Path::new(key)).filter(|_| Path::new(key).is_absolute()))
        .or_else(|| Uri::from_str(key).ok())
}

/// A position as the analysis has it.
pub(crate) fn from_position(position: ls_types::Position) -> Position {
    Position { line: position.line, column: position.character }
}

/// A range of bytes as lines and columns.
pub(crate) fn range(text: &Rope, range: TextRange, encoding: PositionEncoding) -> ls_types::Range {
    let at = |offset| {
        let position = position_at(text, offset, encoding);
        ls_types::Position { line: position.line, character: position.column }
    };
    ls_types::Range { start: at(range.start), end: at(range.end) }
}

/// A range of bytes in a file as a location.
pub(crate) fn location(
    snapshot: &Snapshot,
    file: FileId,
    bytes: TextRange,
    (documents, encoding): (&Documents, PositionEncoding),
) -> Option<Location> {
    let uri = uri(snapshot.analysis.path(file), documents)?;
    Some(Location { uri, range: range(&snapshot.analysis.text(file), bytes, encoding) })
}

/// The findings in a file.
pub(crate) fn diagnostics(
    snapshot: &Snapshot,
    file: FileId,
    documents: &Documents,
    negotiated: &Negotiated,
) -> Result<Vec<ls_types::Diagnostic>, Cancelled> {
    let findings = snapshot.analysis.diagnostics(file)?;
    if findings.is_empty() {
        return Ok(Vec::new());
    }
    let text = snapshot.analysis.text(file);
    Ok(findings.into_iter().map(|it| diagnostic(snapshot, &text, it, (documents, negotiated))).collect())
}

/// A finding in a file of this text.
pub(crate) fn diagnostic(
    snapshot: &Snapshot,
    text: &Rope,
    it: Diagnostic,
    (documents, negotiated): (&Documents, &Negotiated),
) -> ls_types::Diagnostic {
    let related = |it: Related| {
        let location = location(snapshot, it.file, it.range, (documents, negotiated.encoding))?;
        Some(DiagnosticRelatedInformation { location, message: it.message })
    };
    ls_types::Diagnostic {
        range: range(text, it.range, negotiated.encoding),
        severity: Some(severity(it.severity)),
        code: Some(ls_types::NumberOrString::String(it.code.to_owned())),
        code_description: Uri::from_str(&it.url)
            .ok()
            .filter(|_| negotiated.code_description)
            .map(|href| CodeDescription { href }),
        source: Some(SOURCE.to_owned()),
        message: it.message,
        related_information: (negotiated.related_information && !it.related.is_empty())
            .then(|| it.related.into_iter().filter_map(related).collect()),
        tags: None,
        data: None,
    }
}

/// The edits of several files, as the client takes them: with versions if it can, so that it refuses what it has
/// changed meanwhile.
pub(crate) fn workspace_edit(
    snapshot: &Snapshot,
    files: &[FileEdits],
    (documents, negotiated): (&Documents, &Negotiated),
) -> Option<WorkspaceEdit> {
    let mut changed = Vec::new();
    for it in files {
        let text = snapshot.analysis.text(it.file);
        let key = snapshot.analysis.path(it.file);
        let edits = it.edits.iter().map(|it| text_edit(&text, it, negotiated.encoding)).collect();
        changed.push((uri(key, documents)?, snapshot.versions.get(key).copied(), edits));
    }
    Some(documents_edit(changed, negotiated))
}

/// An edit of a text.
pub(crate) fn text_edit(text: &Rope, edit: &relmodel_ide::TextEdit, encoding: PositionEncoding) -> TextEdit {
    TextEdit { range: range(text, edit.range, encoding), new_text: edit.replacement.clone() }
}

/// The edits of documents, with the versions they are for, as the client takes them.
pub(crate) fn documents_edit(
    changed: Vec<(Uri, Option<OpenVersion>, Vec<TextEdit>)>,
    negotiated: &Negotiated,
) -> WorkspaceEdit {
    if !negotiated.document_changes {
        let by_uri = changed.into_iter().map(|(uri, _, edits)| (uri, edits)).collect();
        return WorkspaceEdit { changes: Some(by_uri), ..WorkspaceEdit::default() };
    }
    let versioned = |(uri, version, edits): (Uri, Option<OpenVersion>, Vec<TextEdit>)| TextDocumentEdit {
        text_document: OptionalVersionedTextDocumentIdentifier { uri, version },
        edits: edits.into_iter().map(OneOf::Left).collect(),
    };
    let edits = DocumentChanges::Edits(changed.into_iter().map(versioned).collect());
    WorkspaceEdit { document_changes: Some(edits), ..WorkspaceEdit::default() }
}

fn severity(severity: Severity) -> DiagnosticSeverity {
    match severity {
        Severity::Error => DiagnosticSeverity::ERROR,
        Severity::Warning => DiagnosticSeverity::WARNING,
        Severity::Hint => DiagnosticSeverity::HINT,
    }
}
