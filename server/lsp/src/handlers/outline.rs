//! `textDocument/documentSymbol` and `workspace/symbol`.

use std::sync::Arc;

use relmodel_ide::{Feature, OutlineItem, OutlineKind, PositionEncoding, Rope};
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::{
    DocumentSymbol, DocumentSymbolParams, DocumentSymbolResponse, SymbolInformation, SymbolKind, Uri,
    WorkspaceSymbolParams, WorkspaceSymbolResponse,
};

use crate::convert;
use crate::read::{read, read_file};
use crate::session::Session;

pub(crate) async fn document(
    session: &Arc<Session>,
    params: DocumentSymbolParams,
) -> Result<Option<DocumentSymbolResponse>> {
    let uri = params.text_document.uri;
    let is_nested = session.negotiated().nested_symbols;
    let encoding = session.negotiated().encoding;
    read_file(session, &uri.clone(), move |document| {
        if !document.snapshot.analysis.offers(document.file, Feature::DocumentSymbols) {
            return Ok(None);
        }
        let items = document.snapshot.analysis.outline(document.file)?;
        if is_nested {
            let symbols = items.into_iter().map(|it| nested(&document.text, it, encoding)).collect();
            return Ok(Some(DocumentSymbolResponse::Nested(symbols)));
        }
        let mut flat = Vec::new();
        for item in &items {
            flatten(&document.text, item, None, (&uri, encoding), &mut flat);
        }
        Ok(Some(DocumentSymbolResponse::Flat(flat)))
    })
    .await
}

pub(crate) async fn workspace(
    session: &Arc<Session>,
    params: WorkspaceSymbolParams,
) -> Result<Option<WorkspaceSymbolResponse>> {
    let it = Arc::clone(session);
    read(session, move |snapshot| {
        let analysis = &snapshot.analysis;
        let own = analysis.files().into_iter().filter(|it| snapshot.is_own(analysis.path(*it)));
        let own: Vec<_> = own.filter(|it| analysis.offers(*it, Feature::WorkspaceSymbols)).collect();
        let client = (&*it.documents, it.negotiated().encoding);
        let found = analysis.workspace_symbols(&own, &params.query)?.into_iter().filter_map(|symbol| {
            let location = convert::location(snapshot, symbol.target.file, symbol.target.focus, client)?;
            Some(information(symbol.name, symbol.kind, location, Some(symbol.container)))
        });
        Ok(Some(WorkspaceSymbolResponse::Flat(found.collect())))
    })
    .await
}

#[allow(deprecated, reason = "the protocol's type has a field that is out of date, and no other way to be made")]
fn nested(text: &Rope, item: OutlineItem, encoding: PositionEncoding) -> DocumentSymbol {
    DocumentSymbol {
        name: item.name,
        detail: Some(item.detail).filter(|it| !it.is_empty()),
        kind: kind(item.kind),
        tags: None,
        deprecated: None,
        range: convert::range(text, item.full, encoding),
        selection_range: convert::range(text, item.focus, encoding),
        children: Some(item.children.into_iter().map(|it| nested(text, it, encoding)).collect()),
    }
}

fn flatten(
    text: &Rope,
    item: &OutlineItem,
    container: Option<&str>,
    (uri, encoding): (&Uri, PositionEncoding),
    out: &mut Vec<SymbolInformation>,
) {
    let location = tower_lsp::ls_types::Location { uri: uri.clone(), range: convert::range(text, item.full, encoding) };
    out.push(information(item.name.clone(), item.kind, location, container.map(str::to_owned)));
    for child in &item.children {
        flatten(text, child, Some(&item.name), (uri, encoding), out);
    }
}

#[allow(deprecated, reason = "the protocol's type has a field that is out of date, and no other way to be made")]
fn information(
    name: String,
    own: OutlineKind,
    location: tower_lsp::ls_types::Location,
    container_name: Option<String>,
) -> SymbolInformation {
    SymbolInformation { name, kind: kind(own), tags: None, deprecated: None, location, container_name }
}

fn kind(kind: OutlineKind) -> SymbolKind {
    match kind {
        OutlineKind::Class => SymbolKind::CLASS,
        OutlineKind::Table => SymbolKind::STRUCT,
        OutlineKind::Column => SymbolKind::FIELD,
        OutlineKind::Relationship | OutlineKind::Backref => SymbolKind::PROPERTY,
    }
}
