//! `textDocument/completion`.

use std::sync::Arc;

use relmodel_ide::{CompletionItem, CompletionKind, MAX_PROPOSALS, PositionEncoding};
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::{
    self, CompletionItemKind, CompletionList, CompletionParams, CompletionResponse, CompletionTextEdit, Documentation,
    MarkupContent, MarkupKind, TextEdit,
};

use crate::convert;
use crate::negotiation::Negotiated;
use crate::read::{Place, read_at};
use crate::session::Session;

pub(crate) async fn handle(session: &Arc<Session>, params: CompletionParams) -> Result<Option<CompletionResponse>> {
    let negotiated = session.negotiated().clone();
    read_at(session, &params.text_document_position, move |place| {
        let items = place.snapshot.analysis.completion(place.file, place.offset)?;
        let items: Vec<_> = items.into_iter().map(|it| item(place, it, &negotiated)).collect();
        // A client that thinks it has all would not ask again when more is typed.
        let list = CompletionList { is_incomplete: items.len() >= MAX_PROPOSALS, items };
        Ok((!list.items.is_empty()).then_some(CompletionResponse::List(list)))
    })
    .await
}

fn item(place: &Place<'_>, item: CompletionItem, negotiated: &Negotiated) -> ls_types::CompletionItem {
    let encoding: PositionEncoding = negotiated.encoding;
    let documentation_kind = if negotiated.completion_markdown { MarkupKind::Markdown } else { MarkupKind::PlainText };
    ls_types::CompletionItem {
        kind: Some(kind(item.kind)),
        detail: item.detail,
        documentation: item
            .documentation
            .map(|value| Documentation::MarkupContent(MarkupContent { kind: documentation_kind, value })),
        sort_text: Some(format!("{:06}", item.sort)),
        // What the client compares with the text that is replaced; that is the insertion, not always the label.
        filter_text: (item.insert != item.label).then(|| item.insert.clone()),
        text_edit: Some(CompletionTextEdit::Edit(TextEdit {
            range: convert::range(&place.text, item.replace, encoding),
            new_text: item.insert,
        })),
        label: item.label,
        ..ls_types::CompletionItem::default()
    }
}

fn kind(kind: CompletionKind) -> CompletionItemKind {
    match kind {
        CompletionKind::Class => CompletionItemKind::CLASS,
        CompletionKind::Relationship => CompletionItemKind::REFERENCE,
        CompletionKind::Column => CompletionItemKind::FIELD,
        CompletionKind::Table => CompletionItemKind::STRUCT,
        CompletionKind::Keyword => CompletionItemKind::PROPERTY,
        CompletionKind::Value => CompletionItemKind::VALUE,
    }
}
