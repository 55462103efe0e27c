//! `initialize` and `initialized`.

use std::path::PathBuf;
use std::sync::Arc;

use tower_lsp::ls_types::{InitializeParams, InitializeResult, ServerInfo, Uri};

use crate::handlers::type_hierarchy;
use crate::negotiation::Negotiated;
use crate::session::Session;
use crate::writer::Event;
use crate::{configuration, parent, publish, watching};

pub(crate) fn initialize(session: &Session, params: &InitializeParams) -> InitializeResult {
    if let Some(process) = params.process_id {
        parent::watch(process);
    }
    let negotiated = Negotiated::new(params);
    let capabilities = negotiated.capabilities();
    if negotiated.progress {
        session.notices.show_progress();
    }
    session.agree(negotiated, folders(params));
    if let Some(options) = &params.initialization_options {
        configuration::take(session, options);
    }
    let version = Some(env!("CARGO_PKG_VERSION").to_owned());
    InitializeResult {
        capabilities,
        server_info: Some(ServerInfo { name: "relmodel".to_owned(), version }),
        ..InitializeResult::default()
    }
}

/// The client is ready to be told things: loads the folders and begins to follow changes.
pub(crate) fn initialized(session: &Arc<Session>) {
    session.early.begin();
    session.queue.send(Event::Folders { added: session.folders(), removed: Vec::new() });
    configuration::ask(session);
    configuration::register(session);
    watching::register(session);
    type_hierarchy::register(session);
    tokio::spawn(publish::run(Arc::clone(session)));
}

/// The folders a client works in. Older clients name one root instead.
#[allow(deprecated, reason = "clients that know no folders say it this way")]
fn folders(params: &InitializeParams) -> Vec<PathBuf> {
    let path = |uri: &Uri| Some(uri.to_file_path()?.into_owned());
    match &params.workspace_folders {
        Some(folders) if !folders.is_empty() => folders.iter().filter_map(|it| path(&it.uri)).collect(),
        _ => {
            let root = params.root_uri.as_ref().and_then(path);
            root.or_else(|| params.root_path.as_ref().map(PathBuf::from)).into_iter().collect()
        }
    }
}
