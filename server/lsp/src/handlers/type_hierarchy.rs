//! `textDocument/prepareTypeHierarchy`, `typeHierarchy/supertypes` and `typeHierarchy/subtypes`.

use std::sync::Arc;

use relmodel_ide::{Analysis, Cancelled, Feature, FileId, HierarchyItem};
use serde_json::json;
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::{
    Registration, SymbolKind, TextDocumentIdentifier, TextDocumentPositionParams, TypeHierarchyItem,
    TypeHierarchyPrepareParams,
};

use crate::convert;
use crate::read::{Place, read_at};
use crate::session::Session;

/// Tells the client that there are type hierarchies, if it can be told.
pub(crate) fn register(session: &Session) {
    if !session.negotiated().register_type_hierarchy {
        return;
    }
    let registration = Registration {
        id: "relmodel/typeHierarchy".to_owned(),
        method: "textDocument/prepareTypeHierarchy".to_owned(),
        register_options: Some(json!({ "documentSelector": [{ "language": "python" }] })),
    };
    let client = session.client.clone();
    tokio::spawn(async move {
        if let Err(error) = client.register_capability(vec![registration]).await {
            tracing::warn!("there are no type hierarchies: {error}");
        }
    });
}

pub(crate) async fn prepare(
    session: &Arc<Session>,
    params: TypeHierarchyPrepareParams,
) -> Result<Option<Vec<TypeHierarchyItem>>> {
    let it = Arc::clone(session);
    read_at(session, &params.text_document_position_params, move |place| {
        if !place.snapshot.analysis.offers(place.file, Feature::TypeHierarchy) {
            return Ok(None);
        }
        let found = place.snapshot.analysis.hierarchy_item(place.file, place.offset)?;
        Ok(found.and_then(|found| Some(vec![item(&it, place, found)?])))
    })
    .await
}

pub(crate) async fn supertypes(
    session: &Arc<Session>,
    of: TypeHierarchyItem,
) -> Result<Option<Vec<TypeHierarchyItem>>> {
    related(session, of, Analysis::supertypes).await
}

pub(crate) async fn subtypes(session: &Arc<Session>, of: TypeHierarchyItem) -> Result<Option<Vec<TypeHierarchyItem>>> {
    related(session, of, Analysis::subtypes).await
}

/// The classes that `ask` tells of the one whose name an item holds.
async fn related(
    session: &Arc<Session>,
    of: TypeHierarchyItem,
    ask: impl Fn(&Analysis, FileId, u32) -> std::result::Result<Vec<HierarchyItem>, Cancelled> + Send + Sync + 'static,
) -> Result<Option<Vec<TypeHierarchyItem>>> {
    let it = Arc::clone(session);
    let at = TextDocumentPositionParams {
        text_document: TextDocumentIdentifier { uri: of.uri },
        position: of.selection_range.start,
    };
    read_at(session, &at, move |place| {
        let found = ask(&place.snapshot.analysis, place.file, place.offset)?;
        Ok(Some(found.into_iter().filter_map(|found| item(&it, place, found)).collect()))
    })
    .await
}

fn item(session: &Session, place: &Place<'_>, it: HierarchyItem) -> Option<TypeHierarchyItem> {
    let client = (&*session.documents, session.negotiated().encoding);
    let name = convert::location(place.snapshot, it.target.file, it.target.focus, client)?;
    let full = convert::location(place.snapshot, it.target.file, it.target.full, client)?;
    Some(TypeHierarchyItem {
        name: it.name,
        kind: SymbolKind::CLASS,
        tags: None,
        detail: Some(it.detail).filter(|it| !it.is_empty()),
        uri: name.uri,
        range: full.range,
        selection_range: name.range,
        data: None,
    })
}
