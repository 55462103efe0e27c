//! `textDocument/completion` and `completionItem/resolve`.

use std::sync::Arc;

use relmodel_ide::{CompletionItem, CompletionKind, Feature, MAX_PROPOSALS, PositionEncoding};
use serde_json::json;
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::{
    self, CompletionItemKind, CompletionList, CompletionParams, CompletionResponse, CompletionTextEdit, Documentation,
    InsertTextFormat, MarkupContent, MarkupKind, Position, TextDocumentIdentifier, TextDocumentPositionParams,
    TextEdit, Uri,
};

use crate::convert;
use crate::negotiation::Negotiated;
use crate::read::{Place, read_at};
use crate::session::Session;

pub(crate) async fn handle(session: &Arc<Session>, params: CompletionParams) -> Result<Option<CompletionResponse>> {
    let negotiated = session.negotiated().clone();
    let at = params.text_document_position.clone();
    read_at(session, &params.text_document_position, move |place| {
        if !place.snapshot.analysis.offers(place.file, Feature::Completion) {
            return Ok(None);
        }
        let items = place.snapshot.analysis.completion(place.file, place.offset)?;
        let is_offered = |it: &CompletionItem| negotiated.snippets || !it.is_snippet;
        let items: Vec<_> = items.into_iter().filter(is_offered).map(|it| item(place, it, &negotiated, &at)).collect();
        // A client that thinks it has all would not ask again when more is typed.
        let list = CompletionList { is_incomplete: items.len() >= MAX_PROPOSALS, items };
        Ok((!list.items.is_empty()).then_some(CompletionResponse::List(list)))
    })
    .await
}

/// Adds the documentation of a proposal: the proposals of its place are made again, and it is found by its label.
pub(crate) async fn resolve(
    session: &Arc<Session>,
    item: ls_types::CompletionItem,
) -> Result<ls_types::CompletionItem> {
    let Some(at) = item.data.as_ref().and_then(place_of) else { return Ok(item) };
    let kind = if session.negotiated().completion_markdown { MarkupKind::Markdown } else { MarkupKind::PlainText };
    let label = item.label.clone();
    let found = read_at(session, &at, move |place| {
        let analysis = &place.snapshot.analysis;
        let all = analysis.completion(place.file, place.offset)?;
        match all.iter().find(|it| it.label == label) {
            Some(found) => analysis.documentation(found),
            None => Ok(None),
        }
    })
    .await?;
    let documentation = found.map(|value| Documentation::MarkupContent(MarkupContent { kind, value }));
    Ok(ls_types::CompletionItem { documentation, ..item })
}

/// What `data` says of the place that a proposal was made for.
fn place_of(data: &serde_json::Value) -> Option<TextDocumentPositionParams> {
    let uri: Uri = data.get("uri")?.as_str()?.parse().ok()?;
    let number = |name: &str| data.get(name)?.as_u64().and_then(|it| u32::try_from(it).ok());
    let position = Position { line: number("line")?, character: number("character")? };
    Some(TextDocumentPositionParams { text_document: TextDocumentIdentifier { uri }, position })
}

fn item(
    place: &Place<'_>,
    item: CompletionItem,
    negotiated: &Negotiated,
    at: &TextDocumentPositionParams,
) -> ls_types::CompletionItem {
    let encoding: PositionEncoding = negotiated.encoding;
    let edit = |it: relmodel_ide::TextEdit| TextEdit {
        range: convert::range(&place.text, it.range, encoding),
        new_text: it.replacement,
    };
    let Position { line, character } = at.position;
    // A client compares this with the text that is replaced, which is not always the beginning of the label.
    let filter_text = match item.kind {
        CompletionKind::Snippet => None,
        _ => (item.insert != item.label).then(|| item.insert.clone()),
    };
    ls_types::CompletionItem {
        kind: Some(kind(item.kind)),
        detail: item.detail,
        sort_text: Some(format!("{:06}", item.sort)),
        filter_text,
        insert_text_format: item.is_snippet.then_some(InsertTextFormat::SNIPPET),
        text_edit: Some(CompletionTextEdit::Edit(TextEdit {
            range: convert::range(&place.text, item.replace, encoding),
            new_text: item.insert,
        })),
        additional_text_edits: (!item.more.is_empty()).then(|| item.more.into_iter().map(edit).collect()),
        label: item.label,
        data: Some(json!({ "uri": at.text_document.uri.as_str(), "line": line, "character": character })),
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
        CompletionKind::Function => CompletionItemKind::FUNCTION,
        CompletionKind::Snippet => CompletionItemKind::SNIPPET,
    }
}
