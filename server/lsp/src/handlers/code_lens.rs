//! `textDocument/codeLens`. A lens leads somewhere only in clients that have the command for it.

use std::sync::Arc;

use relmodel_ide::Feature;
use serde_json::json;
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::{self, CodeLensParams, Command, Location};

use crate::answered::{self, Asked};
use crate::convert;
use crate::read::read_file;
use crate::session::Session;

/// The client's command that shows places: a URI, a position in it, and the places. A client that has it says so under
/// `experimental.commands`.
pub(crate) const SHOW: &str = "relmodel.showLocations";

pub(crate) async fn handle(session: &Arc<Session>, params: CodeLensParams) -> Result<Option<Vec<ls_types::CodeLens>>> {
    let it = Arc::clone(session);
    let uri = params.text_document.uri;
    read_file(session, &uri.clone(), move |document| {
        answered::note(&it, document, Asked::Lenses)?;
        if !document.snapshot.analysis.offers(document.file, Feature::CodeLens) {
            return Ok(None);
        }
        let negotiated = it.negotiated();
        let client = (&*it.documents, negotiated.encoding);
        let lens = |lens: relmodel_ide::CodeLens| {
            let range = convert::range(&document.text, lens.range, negotiated.encoding);
            let places: Vec<Location> = lens
                .targets
                .iter()
                .filter_map(|it| convert::location(document.snapshot, it.file, it.focus, client))
                .collect();
            let shown = || (SHOW.to_owned(), Some(vec![json!(uri.as_str()), json!(range.start), json!(places)]));
            let (command, arguments) = if negotiated.show_locations { shown() } else { (String::new(), None) };
            let command = Some(Command { title: lens.title, command, arguments });
            ls_types::CodeLens { range, command, data: None }
        };
        Ok(Some(document.snapshot.analysis.code_lenses(document.file)?.into_iter().map(lens).collect()))
    })
    .await
}
