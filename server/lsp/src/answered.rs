//! What the client was last answered about hints and lenses. It asks again when it edits their document; when another file
//! changes them, it has to be told.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use dashmap::DashMap;
use relmodel_ide::{Cancelled, Feature, FileId, Target, TextRange};
use rustc_hash::FxHasher;

use crate::convert;
use crate::findings::State;
use crate::read::{Open, read};
use crate::session::Session;
use crate::writer::Snapshot;

/// The last answers about open documents, by key.
pub(crate) type Answered = DashMap<(String, Asked), State>;

/// What the client asks for of a document as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Asked {
    Hints,
    Lenses,
}

/// Notes what the client is about to be answered.
///
/// # Errors
/// [`Cancelled`] when a change comes in meanwhile.
pub(crate) fn note(session: &Session, document: &Open<'_>, asked: Asked) -> Result<(), Cancelled> {
    let key = document.snapshot.analysis.path(document.file);
    let version = document.snapshot.versions.get(key).copied();
    let entry = (key.to_owned(), asked);
    // Hints are asked for a part at a time, with each scroll. What has changed meanwhile is told anyway.
    let is_known = session.answered.get(&entry).is_some_and(|it| it.version == version);
    if can_be_told(session, asked) && version.is_some() && !is_known {
        let fingerprint = fingerprint(session, document.snapshot, document.file, asked)?;
        session.answered.insert(entry, State { fingerprint, version });
    }
    Ok(())
}

/// Tells the client to ask again, if what it was answered about documents that it did not edit since is not true any more.
pub(crate) async fn refresh(session: &Arc<Session>) {
    let last: Vec<_> = session.answered.iter().map(|it| (it.key().clone(), *it.value())).collect();
    if last.is_empty() {
        return;
    }
    let it = Arc::clone(session);
    let compute = move |snapshot: &Snapshot| {
        let (mut stale, mut closed) = (Vec::new(), Vec::new());
        for (entry, state) in &last {
            let version = snapshot.versions.get(&entry.0).copied();
            let Some(file) = snapshot.analysis.file(&entry.0).filter(|_| version.is_some()) else {
                closed.push(entry.clone());
                continue;
            };
            if version == state.version {
                let now = State { fingerprint: fingerprint(&it, snapshot, file, entry.1)?, version };
                stale.extend((now != *state).then(|| (entry.clone(), now)));
            }
        }
        Ok((stale, closed))
    };
    // A change came in between: it will be looked at again.
    let Ok((stale, closed)) = read(session, compute).await else { return };
    for entry in closed {
        session.answered.remove(&entry);
    }
    for asked in [Asked::Hints, Asked::Lenses] {
        if stale.iter().any(|it| it.0.1 == asked) {
            tell(session, asked);
        }
    }
    // Noted as answered, so that a client that does not ask again is not told so for ever.
    for (entry, state) in stale {
        session.answered.insert(entry, state);
    }
}

/// Sends the request without waiting for its answer.
fn tell(session: &Session, asked: Asked) {
    let client = session.client.clone();
    tokio::spawn(async move {
        let told = match asked {
            Asked::Hints => client.inlay_hint_refresh().await,
            Asked::Lenses => client.code_lens_refresh().await,
        };
        if let Err(error) = told {
            tracing::debug!("the client does not ask again: {error}");
        }
    });
}

fn can_be_told(session: &Session, asked: Asked) -> bool {
    match asked {
        Asked::Hints => session.negotiated().hint_refresh,
        Asked::Lenses => session.negotiated().lens_refresh,
    }
}

/// Equal for answers that show the same and lead to the same places. A line above a place in another file moves it.
fn fingerprint(session: &Session, snapshot: &Snapshot, file: FileId, asked: Asked) -> Result<u64, Cancelled> {
    let analysis = &snapshot.analysis;
    let negotiated = session.negotiated();
    let place = |it: &Target| {
        let range = convert::range(&analysis.text(it.file), it.focus, negotiated.encoding);
        (analysis.path(it.file), range)
    };
    let mut hasher = FxHasher::default();
    match asked {
        Asked::Hints if analysis.offers(file, Feature::InlayHints) => {
            for hint in analysis.inlay_hints(file, TextRange::new(0, u32::MAX))? {
                hint.offset.hash(&mut hasher);
                hint.parts.iter().for_each(|it| (&it.text, it.target.as_ref().map(place)).hash(&mut hasher));
            }
        }
        Asked::Lenses if analysis.offers(file, Feature::CodeLens) => {
            for lens in analysis.code_lenses(file)? {
                (lens.range, &lens.title).hash(&mut hasher);
                if negotiated.show_locations {
                    lens.targets.iter().for_each(|it| place(it).hash(&mut hasher));
                }
            }
        }
        Asked::Hints | Asked::Lenses => {}
    }
    Ok(hasher.finish())
}
