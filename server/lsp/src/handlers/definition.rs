//! `textDocument/definition`.

use std::sync::Arc;

use relmodel_ide::Definition;
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::{GotoDefinitionParams, GotoDefinitionResponse, Location, LocationLink};

use crate::convert;
use crate::read::{Place, read_at};
use crate::session::Session;

pub(crate) async fn handle(
    session: &Arc<Session>,
    params: GotoDefinitionParams,
) -> Result<Option<GotoDefinitionResponse>> {
    let it = Arc::clone(session);
    read_at(session, &params.text_document_position_params, move |place| {
        let definition = place.snapshot.analysis.definition(place.file, place.offset)?;
        Ok(definition.filter(|it| !it.targets.is_empty()).map(|definition| response(&it, place, &definition)))
    })
    .await
}

fn response(session: &Session, place: &Place<'_>, definition: &Definition) -> GotoDefinitionResponse {
    if session.negotiated().definition_link {
        GotoDefinitionResponse::Link(links(session, place, definition))
    } else {
        let links = links(session, place, definition).into_iter();
        let location = |it: LocationLink| Location { uri: it.target_uri, range: it.target_selection_range };
        GotoDefinitionResponse::Array(links.map(location).collect())
    }
}

fn links(session: &Session, place: &Place<'_>, definition: &Definition) -> Vec<LocationLink> {
    let encoding = session.negotiated().encoding;
    let analysis = &place.snapshot.analysis;
    let link = |it: &relmodel_ide::Target| {
        let text = analysis.text(it.file);
        Some(LocationLink {
            origin_selection_range: Some(convert::range(&place.text, definition.origin, encoding)),
            target_uri: convert::uri(analysis.path(it.file), &session.documents)?,
            target_range: convert::range(&text, it.full, encoding),
            target_selection_range: convert::range(&text, it.focus, encoding),
        })
    };
    definition.targets.iter().filter_map(link).collect()
}
