//! `textDocument/semanticTokens/full`: the names in strings.

use std::sync::Arc;

use relmodel_ide::{PositionEncoding, Rope, TextRange, TokenKind, position_at};
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::{
    SemanticToken, SemanticTokenType, SemanticTokens, SemanticTokensParams, SemanticTokensResult,
};

use crate::read::read;
use crate::session::Session;

/// What the numbers of kinds stand for.
pub(crate) const LEGEND: [SemanticTokenType; 3] =
    [SemanticTokenType::CLASS, SemanticTokenType::PROPERTY, SemanticTokenType::STRUCT];

pub(crate) async fn handle(
    session: &Arc<Session>,
    params: SemanticTokensParams,
) -> Result<Option<SemanticTokensResult>> {
    let Some(key) = session.documents.key(&params.text_document.uri) else { return Ok(None) };
    session.documents.settled(&key).await;
    let encoding = session.negotiated().encoding;
    read(session, move |snapshot| {
        let Some(file) = snapshot.analysis.file(&key) else { return Ok(None) };
        let tokens = snapshot.analysis.tokens(file)?;
        let text = snapshot.analysis.text(file);
        let found = tokens.iter().map(|it| (it.range, number(it.kind)));
        let data = encoded(&text, found, encoding);
        Ok(Some(SemanticTokensResult::Tokens(SemanticTokens { result_id: None, data })))
    })
    .await
}

fn number(kind: TokenKind) -> u32 {
    match kind {
        TokenKind::Class => 0,
        TokenKind::Property => 1,
        TokenKind::Table => 2,
    }
}

/// Tokens as the protocol has them: each counted from the one before. One over several lines is left out.
fn encoded(
    text: &Rope,
    tokens: impl Iterator<Item = (TextRange, u32)>,
    encoding: PositionEncoding,
) -> Vec<SemanticToken> {
    let mut res = Vec::new();
    let (mut line, mut column) = (0, 0);
    for (range, token_type) in tokens {
        let (start, end) = (position_at(text, range.start, encoding), position_at(text, range.end, encoding));
        if start.line != end.line {
            continue;
        }
        if start.line != line {
            column = 0;
        }
        res.push(SemanticToken {
            delta_line: start.line - line,
            delta_start: start.column - column,
            length: end.column - start.column,
            token_type,
            token_modifiers_bitset: 0,
        });
        (line, column) = (start.line, start.column);
    }
    res
}
