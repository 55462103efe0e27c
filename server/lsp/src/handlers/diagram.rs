//! `relmodel/diagram`: the mapped classes and tables of the workspace, drawn.

use std::sync::Arc;

use relmodel_ide::{Around, Diagram, DiagramFormat};
use serde::{Deserialize, Serialize};
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::Location;

use crate::convert;
use crate::read::read;
use crate::session::Session;

/// The method's name.
pub(crate) const METHOD: &str = "relmodel/diagram";

/// What is to be drawn, and how.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Params {
    format: Format,
    /// Only what is near the class or table of this name.
    around: Option<String>,
    /// How many links away from it; 1 if nothing is said.
    depth: Option<usize>,
}

#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Format {
    #[default]
    Svg,
    Mermaid,
    Dot,
}

/// A diagram. In an SVG each entity is a group with `data-entity`, its index below.
#[derive(Debug, Serialize)]
pub(crate) struct Answer {
    text: String,
    entities: Vec<Drawn>,
}

/// What an entity is, and where it is defined.
#[derive(Debug, Serialize)]
struct Drawn {
    name: String,
    location: Option<Location>,
}

/// The diagram; `None` if nothing has the name that it is to be drawn around.
pub(crate) async fn handle(session: &Arc<Session>, params: Params) -> Result<Option<Answer>> {
    let it = Arc::clone(session);
    read(session, move |snapshot| {
        let analysis = &snapshot.analysis;
        let own: Vec<_> = analysis.files().into_iter().filter(|it| snapshot.is_own(analysis.path(*it))).collect();
        let all = analysis.diagram(&own)?;
        let around = params.around.clone().map(|name| Around { name, depth: params.depth.unwrap_or(1) });
        let shown: Option<Diagram> = match &around {
            Some(around) => all.around(around),
            None => Some(all),
        };
        let client = (&*it.documents, it.negotiated().encoding);
        Ok(shown.map(|diagram| Answer {
            text: diagram.render(params.format.into()),
            entities: diagram
                .entities
                .iter()
                .map(|entity| Drawn {
                    name: entity.name.clone(),
                    location: entity.at.and_then(|(file, range)| convert::location(snapshot, file, range, client)),
                })
                .collect(),
        }))
    })
    .await
}

impl From<Format> for DiagramFormat {
    fn from(format: Format) -> Self {
        match format {
            Format::Svg => Self::Svg,
            Format::Mermaid => Self::Mermaid,
            Format::Dot => Self::Dot,
        }
    }
}
