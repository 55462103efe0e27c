//! `textDocument/inlayHint`.

use std::sync::Arc;

use relmodel_ide::{Feature, HintPart, TextRange, offset_at};
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::{self, InlayHintLabel, InlayHintLabelPart, InlayHintParams};

use crate::answered::{self, Asked};
use crate::convert;
use crate::read::read_file;
use crate::session::Session;

pub(crate) async fn handle(
    session: &Arc<Session>,
    params: InlayHintParams,
) -> Result<Option<Vec<ls_types::InlayHint>>> {
    let it = Arc::clone(session);
    read_file(session, &params.text_document.uri, move |document| {
        answered::note(&it, document, Asked::Hints)?;
        if !document.snapshot.analysis.offers(document.file, Feature::InlayHints) {
            return Ok(None);
        }
        let encoding = it.negotiated().encoding;
        let offset = |position| offset_at(&document.text, convert::from_position(position), encoding);
        let range = TextRange::new(offset(params.range.start), offset(params.range.end));
        let client = (&*it.documents, encoding);
        let part = |part: HintPart| InlayHintLabelPart {
            value: part.text,
            location: part.target.and_then(|it| convert::location(document.snapshot, it.file, it.focus, client)),
            ..InlayHintLabelPart::default()
        };
        let hints = document.snapshot.analysis.inlay_hints(document.file, range)?;
        let hint = |hint: relmodel_ide::InlayHint| ls_types::InlayHint {
            position: convert::range(&document.text, TextRange::new(hint.offset, hint.offset), encoding).start,
            label: InlayHintLabel::LabelParts(hint.parts.into_iter().map(part).collect()),
            kind: None,
            text_edits: None,
            tooltip: None,
            padding_left: Some(true),
            padding_right: None,
            data: None,
        };
        Ok(Some(hints.into_iter().map(hint).collect()))
    })
    .await
}
