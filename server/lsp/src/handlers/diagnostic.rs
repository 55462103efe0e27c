//! `textDocument/diagnostic` and `workspace/diagnostic`: findings for clients that ask for them.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::{
    DocumentDiagnosticParams, DocumentDiagnosticReport, DocumentDiagnosticReportResult, FullDocumentDiagnosticReport,
    RelatedFullDocumentDiagnosticReport, RelatedUnchangedDocumentDiagnosticReport, UnchangedDocumentDiagnosticReport,
    Uri, WorkspaceDiagnosticParams, WorkspaceDiagnosticReport, WorkspaceDiagnosticReportResult,
    WorkspaceDocumentDiagnosticReport, WorkspaceFullDocumentDiagnosticReport,
    WorkspaceUnchangedDocumentDiagnosticReport,
};

use crate::convert;
use crate::findings::Findings;
use crate::read::read;
use crate::session::Session;

pub(crate) async fn document(
    session: &Arc<Session>,
    params: DocumentDiagnosticParams,
) -> Result<DocumentDiagnosticReportResult> {
    let Some(key) = session.documents.key(&params.text_document.uri) else {
        return Ok(full(Findings::none(String::new())));
    };
    session.documents.settled(&key).await;
    let it = Arc::clone(session);
    let findings = read(session, move |snapshot| match snapshot.analysis.file(&key) {
        Some(file) => Findings::of(snapshot, file, &it.documents, it.negotiated()),
        None => Ok(Findings::none(key.clone())),
    })
    .await?;
    session.told.insert(findings.key.clone(), findings.state);
    if params.previous_result_id.is_none_or(|it| it != findings.result_id()) {
        return Ok(full(findings));
    }
    let report = UnchangedDocumentDiagnosticReport { result_id: findings.result_id() };
    let report = RelatedUnchangedDocumentDiagnosticReport {
        related_documents: None,
        unchanged_document_diagnostic_report: report,
    };
    Ok(DocumentDiagnosticReport::Unchanged(report).into())
}

pub(crate) async fn workspace(
    session: &Arc<Session>,
    params: WorkspaceDiagnosticParams,
) -> Result<WorkspaceDiagnosticReportResult> {
    let it = Arc::clone(session);
    let all = read(session, move |snapshot| {
        let own = snapshot.analysis.files().into_iter().filter(|it| snapshot.is_own(snapshot.analysis.path(*it)));
        own.map(|file| Findings::of(snapshot, file, &it.documents, it.negotiated()))
            .collect::<std::result::Result<Vec<_>, _>>()
    })
    .await?;
    let previous = params.previous_result_ids.into_iter();
    // By the client's URIs, of which one file may have had another before it was opened over a link.
    let mut previous: FxHashMap<_, _> = previous.filter_map(|it| Some((convert::key(&it.uri)?, it))).collect();
    let mut items = Vec::new();
    for findings in all {
        let Some(uri) = convert::uri(&findings.key, &session.documents) else { continue };
        let last = convert::key(&uri).and_then(|it| previous.remove(&it)).map(|it| it.value);
        if last.is_some() || !findings.items.is_empty() {
            session.told.insert(findings.key.clone(), findings.state);
            items.push(report(findings, uri, last.as_ref()));
        }
    }
    let mut gone: Vec<_> = previous.into_iter().collect();
    gone.sort_by(|a, b| a.0.cmp(&b.0));
    for (key, it) in gone {
        let findings = Findings::none(key);
        // Not so of a file that was told of under its other URI just now.
        if session.documents.uri(&findings.key).is_none() {
            session.told.insert(findings.key.clone(), findings.state);
        }
        items.push(report(findings, it.uri, None));
    }
    Ok(WorkspaceDiagnosticReport { items }.into())
}

fn report(findings: Findings, uri: Uri, previous: Option<&String>) -> WorkspaceDocumentDiagnosticReport {
    let version = findings.state.version.map(i64::from);
    let result_id = findings.result_id();
    if previous == Some(&result_id) {
        let report = UnchangedDocumentDiagnosticReport { result_id };
        let report =
            WorkspaceUnchangedDocumentDiagnosticReport { uri, version, unchanged_document_diagnostic_report: report };
        report.into()
    } else {
        let report = FullDocumentDiagnosticReport { result_id: Some(result_id), items: findings.items };
        WorkspaceFullDocumentDiagnosticReport { uri, version, full_document_diagnostic_report: report }.into()
    }
}

fn full(findings: Findings) -> DocumentDiagnosticReportResult {
    let report = FullDocumentDiagnosticReport { result_id: Some(findings.result_id()), items: findings.items };
    let report =
        RelatedFullDocumentDiagnosticReport { related_documents: None, full_document_diagnostic_report: report };
    DocumentDiagnosticReport::Full(report).into()
}
