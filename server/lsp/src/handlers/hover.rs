//! `textDocument/hover`.

use std::sync::Arc;

use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::{Hover, HoverContents, HoverParams, MarkupContent, MarkupKind};

use crate::convert;
use crate::read::read_at;
use crate::session::Session;

pub(crate) async fn handle(session: &Arc<Session>, params: HoverParams) -> Result<Option<Hover>> {
    let encoding = session.negotiated().encoding;
    let kind = if session.negotiated().hover_markdown { MarkupKind::Markdown } else { MarkupKind::PlainText };
    read_at(session, &params.text_document_position_params, move |place| {
        let hover = place.snapshot.analysis.hover(place.file, place.offset)?;
        Ok(hover.map(|it| Hover {
            range: Some(convert::range(&place.text, it.range, encoding)),
            contents: HoverContents::Markup(MarkupContent { kind: kind.clone(), value: it.markdown }),
        }))
    })
    .await
}
