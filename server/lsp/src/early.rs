//! Answers about one name while the client's folders are being loaded, from the few files that hold that name.

use std::sync::Arc;

use relmodel_ide::{Cancelled, offset_at};
use relmodel_workspace::{Coming, Elsewhere};
use tokio::sync::watch;
use tower_lsp::ls_types::TextDocumentPositionParams;

use crate::convert;
use crate::read::Place;
use crate::session::Session;
use crate::writer::Snapshot;

/// What can be answered from before everything is known.
pub(crate) struct Early(watch::Sender<Stage>);

#[derive(Clone)]
enum Stage {
    /// The files are being read.
    Reading,
    /// They are being analysed.
    Analysing(Coming),
    /// No folders are being loaded.
    Over,
}

impl Default for Early {
    fn default() -> Self {
        Self(watch::Sender::new(Stage::Over))
    }
}

impl Early {
    /// The client's folders are about to be loaded.
    pub(crate) fn begin(&self) {
        self.0.send_replace(Stage::Reading);
    }

    /// The files of the first folder were read. Those of another would not be seen beside them.
    pub(crate) fn offer(&self, coming: &Coming) {
        self.0.send_if_modified(|it| {
            let is_first = matches!(it, Stage::Reading);
            if is_first {
                *it = Stage::Analysing(coming.clone());
            }
            is_first
        });
    }

    /// The folders are loaded.
    pub(crate) fn end(&self) {
        self.0.send_replace(Stage::Over);
    }

    /// What is being analysed. Waits for it to be read; `None` once everything is known.
    async fn coming(&self) -> Option<Coming> {
        let mut stages = self.0.subscribe();
        let stage = stages.wait_for(|it| !matches!(it, Stage::Reading)).await.ok()?;
        match &*stage {
            Stage::Analysing(coming) => Some(coming.clone()),
            Stage::Reading | Stage::Over => None,
        }
    }
}

/// Computes an answer about a name, as long as no document was changed. `None` where nothing is being loaded, or the files that
/// hold the name do not tell.
pub(crate) async fn read_at<T: Send + 'static>(
    session: &Session,
    place: &TextDocumentPositionParams,
    compute: Arc<impl Fn(&Place<'_>) -> Result<Option<T>, Cancelled> + Send + Sync + 'static>,
) -> Option<T> {
    if session.folders().len() != 1 {
        return None;
    }
    let coming = session.early.coming().await?;
    let key = session.documents.key(&place.text_document.uri)?;
    let open = session.documents.untouched()?;
    let text = open.get(&key)?.clone();
    let offset = offset_at(&text, convert::from_position(place.position), session.negotiated().encoding);
    let computed = tokio::task::spawn_blocking(move || {
        let analysis = coming.about(&key, offset, &open)?;
        let file = analysis.file(&key)?;
        let (versions, roots, elsewhere) = (Arc::default(), Arc::default(), Elsewhere::default());
        let snapshot = Snapshot { analysis, versions, roots, elsewhere };
        compute(&Place { snapshot: &snapshot, file, text, offset }).ok()?
    });
    // A panic here is the reader's to tell, who computes the same again from everything.
    computed.await.ok()?
}
