//! `textDocument/definition`, and what answers alike: `declaration`, `typeDefinition`, `implementation`.

use std::sync::Arc;

use relmodel_ide::{Definition, Feature};
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::{GotoDefinitionParams, GotoDefinitionResponse, Location, LocationLink};

use crate::convert;
use crate::early;
use crate::read::{Place, read_at};
use crate::session::Session;

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Goal {
    /// Where a name is defined.
    Definition,
    /// The same, for those who tell the two apart: SQLAlchemy does not.
    Declaration,
    /// The class that it is of.
    Type,
    /// The classes below a class, the other side of a relationship.
    Implementation,
}

pub(crate) async fn handle(
    session: &Arc<Session>,
    params: GotoDefinitionParams,
    goal: Goal,
) -> Result<Option<GotoDefinitionResponse>> {
    let it = Arc::clone(session);
    let compute = Arc::new(move |place: &Place<'_>| {
        let analysis = &place.snapshot.analysis;
        if !analysis.offers(place.file, Feature::Definition) {
            return Ok(None);
        }
        let found = match goal {
            Goal::Definition | Goal::Declaration => analysis.definition(place.file, place.offset)?,
            Goal::Type => analysis.type_definition(place.file, place.offset)?,
            Goal::Implementation => analysis.implementation(place.file, place.offset)?,
        };
        Ok(found.filter(|it| !it.targets.is_empty()).map(|found| response(&it, place, &found, goal)))
    });
    let place = &params.text_document_position_params;
    // Who is not answered yet waits for the whole workspace. What stands above or below a class cannot be told before that.
    if matches!(goal, Goal::Definition | Goal::Declaration)
        && let Some(answer) = early::read_at(session, place, Arc::clone(&compute)).await
    {
        return Ok(Some(answer));
    }
    read_at(session, place, move |place| compute(place)).await
}

fn response(session: &Session, place: &Place<'_>, definition: &Definition, goal: Goal) -> GotoDefinitionResponse {
    let takes = session.negotiated().links;
    let takes_links = match goal {
        Goal::Definition => takes.definition,
        Goal::Declaration => takes.declaration,
        Goal::Type => takes.type_definition,
        Goal::Implementation => takes.implementation,
    };
    if takes_links {
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
