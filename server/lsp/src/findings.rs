//! The findings of files as the client is told of them, and what it was told last.

use std::hash::{Hash, Hasher};

use dashmap::DashMap;
use relmodel_ide::{Cancelled, FileId};
use relmodel_workspace::OpenVersion;
use rustc_hash::FxHasher;
use tower_lsp::ls_types::Diagnostic;

use crate::convert;
use crate::documents::Documents;
use crate::negotiation::Negotiated;
use crate::writer::Snapshot;

/// What the client was told last, by key.
pub(crate) type Told = DashMap<String, State>;

/// The findings of a file at one moment, without their text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct State {
    /// Equal for equal findings.
    pub fingerprint: u64,
    /// The version they speak of, of an open document.
    pub version: Option<OpenVersion>,
}

/// The findings of a file.
pub(crate) struct Findings {
    /// Whose they are.
    pub key: String,
    /// Their moment.
    pub state: State,
    /// The findings.
    pub items: Vec<Diagnostic>,
}

impl Findings {
    /// The findings of a file in a snapshot.
    pub(crate) fn of(
        snapshot: &Snapshot,
        file: FileId,
        documents: &Documents,
        negotiated: &Negotiated,
    ) -> Result<Self, Cancelled> {
        let items = convert::diagnostics(snapshot, file, documents, negotiated)?;
        let key = snapshot.analysis.path(file).to_owned();
        let version = snapshot.versions.get(&key).copied();
        Ok(Self { state: State { fingerprint: fingerprint(&items), version }, key, items })
    }

    /// No findings, for a file that is not there.
    pub(crate) fn none(key: String) -> Self {
        Self { key, state: State { fingerprint: fingerprint(&[]), version: None }, items: Vec::new() }
    }

    /// The protocol's name of these findings: equal for equal findings.
    pub(crate) fn result_id(&self) -> String {
        format!("{:016x}", self.state.fingerprint)
    }
}

fn fingerprint(items: &[Diagnostic]) -> u64 {
    let mut hasher = FxHasher::default();
    // A finding that could not be written as JSON could not be told either.
    serde_json::to_string(items).unwrap_or_default().hash(&mut hasher);
    hasher.finish()
}
