//! `relmodel/status`: how much the server knows, for what an editor shows of it. The answer comes once everything that
//! was sent before is read; as long as it is out, the server reads.

use std::path::PathBuf;
use std::sync::Arc;

use relmodel_ide::{Counts, FileId};
use serde::{Deserialize, Serialize};
use tower_lsp::jsonrpc::Result;

use crate::read::read;
use crate::session::Session;

/// The method's name.
pub(crate) const METHOD: &str = "relmodel/status";

/// Nothing has to be said: `{}`.
#[derive(Debug, Deserialize)]
pub(crate) struct Params {}

/// What the server knows of the files that are the user's concern.
#[derive(Debug, Serialize)]
pub(crate) struct Answer {
    /// The server's version.
    version: &'static str,
    /// The folders it works in; without any, those of the projects whose files were opened.
    roots: Vec<PathBuf>,
    /// The files that were read; those without models are not.
    files: usize,
    /// The mapped classes.
    classes: usize,
    /// The relationships, those that backrefs make included.
    relationships: usize,
}

/// The status.
pub(crate) async fn handle(session: &Arc<Session>, _: Params) -> Result<Answer> {
    read(session, |snapshot| {
        let analysis = &snapshot.analysis;
        let own: Vec<FileId> = analysis.files().into_iter().filter(|it| snapshot.is_own(analysis.path(*it))).collect();
        let Counts { classes, relationships } = analysis.counts(&own)?;
        let roots = snapshot.roots.iter().map(PathBuf::from).collect();
        Ok(Answer { version: env!("CARGO_PKG_VERSION"), roots, files: own.len(), classes, relationships })
    })
    .await
}
