//! `textDocument/references` and `textDocument/documentHighlight`.

use std::sync::Arc;

use relmodel_ide::{Home, OutsideFile, Reference, Rope};
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::{
    DocumentHighlight, DocumentHighlightKind, DocumentHighlightParams, Location, ReferenceParams,
};

use crate::convert;
use crate::read::{Place, read_at};
use crate::session::Session;

pub(crate) async fn handle(session: &Arc<Session>, params: ReferenceParams) -> Result<Option<Vec<Location>>> {
    let it = Arc::clone(session);
    let with_definition = params.context.include_declaration;
    read_at(session, &params.text_document_position, move |place| {
        let analysis = &place.snapshot.analysis;
        let words = analysis.reference_words(place.file, place.offset)?;
        let outside = place.snapshot.elsewhere.with_words(&words);
        let found = analysis.references(place.file, place.offset, &outside)?;
        let wanted = found.iter().filter(|it| with_definition || !it.is_definition);
        let locations: Vec<Location> = wanted.filter_map(|found| location(&it, place, &outside, found)).collect();
        Ok((!locations.is_empty()).then_some(locations))
    })
    .await
}

fn location(session: &Session, place: &Place<'_>, outside: &[OutsideFile], it: &Reference) -> Option<Location> {
    let encoding = session.negotiated().encoding;
    match it.home {
        Home::File(file) => convert::location(place.snapshot, file, it.range, (&session.documents, encoding)),
        Home::Outside(index) => {
            let file = outside.get(index)?;
            let range = convert::range(&Rope::from_str(&file.text), it.range, encoding);
            Some(Location { uri: convert::uri(&file.path, &session.documents)?, range })
        }
    }
}

pub(crate) async fn highlights(
    session: &Arc<Session>,
    params: DocumentHighlightParams,
) -> Result<Option<Vec<DocumentHighlight>>> {
    let encoding = session.negotiated().encoding;
    read_at(session, &params.text_document_position_params, move |place| {
        let found = place.snapshot.analysis.highlights(place.file, place.offset)?;
        let highlight = |it: &Reference| DocumentHighlight {
            range: convert::range(&place.text, it.range, encoding),
            kind: Some(if it.is_definition { DocumentHighlightKind::WRITE } else { DocumentHighlightKind::READ }),
        };
        Ok((!found.is_empty()).then(|| found.iter().map(highlight).collect()))
    })
    .await
}
