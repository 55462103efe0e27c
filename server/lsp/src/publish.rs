//! After a change: tells a client that is pushed to what differs, and a client that pulls when it should ask again.
//!
//! A finding is sent with the version it was computed from, and only while that version is the newest.

use std::sync::Arc;
use std::time::Duration;

use rustc_hash::FxHashSet;
use tower_lsp::ls_types::Uri;

use crate::answered;
use crate::convert;
use crate::findings::Findings;
use crate::negotiation::Delivery;
use crate::read::read;
use crate::session::Session;
use crate::writer::Snapshot;

/// How long nothing must change before the files that are not open are looked at. Nobody waits for those, and with all of
/// them a look takes much longer than a keystroke.
const QUIET: Duration = Duration::from_millis(150);

/// Which files are looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Scope {
    /// The open documents: what is being typed is spoken of at once.
    Open,
    /// All files that are the user's concern.
    All,
}

/// Follows the workspace's changes to the session's end.
pub(crate) async fn run(session: Arc<Session>) {
    let mut changed = session.changed.clone();
    while changed.changed().await.is_ok() {
        let delivery = session.negotiated().delivery;
        loop {
            if delivery == Delivery::Push {
                push(&session, Scope::Open).await;
            }
            match tokio::time::timeout(QUIET, changed.changed()).await {
                Ok(Ok(())) => {}
                Ok(Err(_)) => return,
                Err(_) => break,
            }
        }
        match delivery {
            Delivery::Push => push(&session, Scope::All).await,
            Delivery::Pull => refresh(&session).await,
        }
        answered::refresh(&session).await;
    }
}

async fn push(session: &Arc<Session>, scope: Scope) {
    let it = Arc::clone(session);
    let computed = read(session, move |snapshot| {
        let mut seen = FxHashSet::default();
        let mut differing = Vec::new();
        let files = match scope {
            Scope::Open => snapshot.open_files(),
            Scope::All => snapshot.analysis.files(),
        };
        for file in files {
            let key = snapshot.analysis.path(file);
            if !snapshot.is_own(key) {
                continue;
            }
            seen.insert(key.to_owned());
            let findings = Findings::of(snapshot, file, &it.documents, it.negotiated())?;
            let last = it.told.get(key).map(|it| *it);
            let is_news = last
                .map_or(!findings.items.is_empty() || findings.state.version.is_some(), |last| last != findings.state);
            if is_news {
                differing.push(findings);
            }
        }
        Ok((seen, differing))
    });
    // A change came in between: it will be looked at again.
    let Ok((seen, differing)) = computed.await else { return };
    for findings in differing {
        publish(session, findings).await;
    }
    if scope == Scope::Open {
        return;
    }
    let mut gone: Vec<_> = session.told.iter().map(|it| it.key().clone()).filter(|it| !seen.contains(it)).collect();
    gone.sort();
    for key in gone {
        publish(session, Findings::none(key.clone())).await;
        session.told.remove(&key);
    }
}

async fn publish(session: &Session, findings: Findings) {
    let newest = session.documents.newest_version(&findings.key);
    if newest != findings.state.version {
        return;
    }
    let Some(uri) = convert::uri(&findings.key, &session.documents) else { return };
    session.told.insert(findings.key, findings.state);
    session.client.publish_diagnostics(uri, findings.items, findings.state.version).await;
}

/// Takes back what a client that is pushed to was told of a file under this URI.
pub(crate) fn withdraw(session: &Session, uri: Uri) {
    if session.negotiated().delivery == Delivery::Push {
        let client = session.client.clone();
        tokio::spawn(async move { client.publish_diagnostics(uri, Vec::new(), None).await });
    }
}

/// Asks a client that pulls to do it again, if what it was told of files that it did not edit since is not true any
/// more. Of files that it did edit it asks by itself.
async fn refresh(session: &Arc<Session>) {
    if !session.negotiated().diagnostic_refresh {
        return;
    }
    let it = Arc::clone(session);
    let told: Vec<_> = session.told.iter().map(|it| (it.key().clone(), *it.value())).collect();
    let compute = move |snapshot: &Snapshot| {
        let mut stale = Vec::new();
        for (key, last) in &told {
            let findings = match snapshot.analysis.file(key) {
                Some(file) => Findings::of(snapshot, file, &it.documents, it.negotiated())?,
                None => Findings::none(key.clone()),
            };
            let is_edited = it.documents.newest_version(key) != last.version;
            if !is_edited && findings.state.fingerprint != last.fingerprint {
                stale.push((key.clone(), findings.state));
            }
        }
        Ok(stale)
    };
    let Ok(stale) = read(session, compute).await else { return };
    if stale.is_empty() {
        return;
    }
    // Noted as told, so that a client that does not ask again is not asked to for ever.
    for (key, state) in stale {
        session.told.insert(key, state);
    }
    let client = session.client.clone();
    tokio::spawn(async move {
        if let Err(error) = client.workspace_diagnostic_refresh().await {
            tracing::debug!("the client does not pull again: {error}");
        }
    });
}
