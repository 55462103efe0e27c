//! `textDocument/hover`.

use std::sync::Arc;

use relmodel_ide::{Feature, PositionEncoding, Target};
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::{Hover, HoverContents, HoverParams, MarkupContent, MarkupKind};

use crate::convert;
use crate::documents::Documents;
use crate::read::{Place, read_at};
use crate::session::Session;

pub(crate) async fn handle(session: &Arc<Session>, params: HoverParams) -> Result<Option<Hover>> {
    let it = Arc::clone(session);
    read_at(session, &params.text_document_position_params, move |place| {
        if !place.snapshot.analysis.offers(place.file, Feature::Hover) {
            return Ok(None);
        }
        let negotiated = it.negotiated();
        let Some(hover) = place.snapshot.analysis.hover(place.file, place.offset)? else { return Ok(None) };
        let (kind, value) = if negotiated.hover_markdown {
            let client = (&*it.documents, negotiated.encoding);
            (MarkupKind::Markdown, hover.card.markdown(|target| address(place, target, client)))
        } else {
            (MarkupKind::PlainText, hover.card.plain())
        };
        Ok(Some(Hover {
            range: Some(convert::range(&place.text, hover.range, negotiated.encoding)),
            contents: HoverContents::Markup(MarkupContent { kind, value }),
        }))
    })
    .await
}

/// A place as a link: the line counts from one, as editors take it.
fn address(place: &Place<'_>, target: &Target, client: (&Documents, PositionEncoding)) -> Option<String> {
    let location = convert::location(place.snapshot, target.file, target.focus, client)?;
    let start = location.range.start;
    Some(format!("{}#L{},{}", location.uri.as_str(), start.line + 1, start.character + 1))
}
