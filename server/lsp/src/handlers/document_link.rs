//! `textDocument/documentLink`.

use std::sync::Arc;

use relmodel_ide::Feature;
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::{self, DocumentLinkParams};

use crate::convert;
use crate::read::read_file;
use crate::session::Session;

pub(crate) async fn handle(
    session: &Arc<Session>,
    params: DocumentLinkParams,
) -> Result<Option<Vec<ls_types::DocumentLink>>> {
    let encoding = session.negotiated().encoding;
    read_file(session, &params.text_document.uri, move |document| {
        if !document.snapshot.analysis.offers(document.file, Feature::DocumentLinks) {
            return Ok(None);
        }
        let links = document.snapshot.analysis.document_links(document.file).into_iter();
        let link = |it: relmodel_ide::DocumentLink| ls_types::DocumentLink {
            range: convert::range(&document.text, it.range, encoding),
            target: it.url.parse().ok(),
            tooltip: Some("the rule's page".to_owned()),
            data: None,
        };
        Ok(Some(links.map(link).collect()))
    })
    .await
}
