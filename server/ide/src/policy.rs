//! What is reported of what the rules find: which rules speak in which files, and how loudly. Settings decide; the layer
//! that reads them turns them into policies.

use std::fmt;
use std::sync::Arc;

use relmodel_rules::Severity;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::analysis::{Analysis, FileId};

/// Tells of a file's path whether something holds for it.
pub type FileMatch = Arc<dyn Fn(&str) -> bool + Send + Sync>;

/// What an editor may ask, by the name that turns it off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Feature {
    /// Proposals.
    Completion,
    /// Cards.
    Hover,
    /// Where a name is defined.
    Definition,
    /// What a file maps.
    DocumentSymbols,
    /// What the workspace maps, by name.
    WorkspaceSymbols,
    /// Words behind relationships and classes.
    InlayHints,
    /// Words above them.
    CodeLens,
    /// Hierarchies of mapped classes.
    TypeHierarchy,
    /// Links to the pages of rules.
    DocumentLinks,
    /// Actions that rewrite what is right.
    Refactorings,
    /// What follows a file that is renamed.
    FileRenames,
}

impl Feature {
    /// All there are.
    pub const ALL: [Self; 11] = [
        Self::Completion,
        Self::Hover,
        Self::Definition,
        Self::DocumentSymbols,
        Self::WorkspaceSymbols,
        Self::InlayHints,
        Self::CodeLens,
        Self::TypeHierarchy,
        Self::DocumentLinks,
        Self::Refactorings,
        Self::FileRenames,
    ];

    /// Its name in settings.
    pub fn name(self) -> &'static str {
        match self {
            Self::Completion => "completion",
            Self::Hover => "hover",
            Self::Definition => "definition",
            Self::DocumentSymbols => "document-symbols",
            Self::WorkspaceSymbols => "workspace-symbols",
            Self::InlayHints => "inlay-hints",
            Self::CodeLens => "code-lens",
            Self::TypeHierarchy => "type-hierarchy",
            Self::DocumentLinks => "document-links",
            Self::Refactorings => "refactorings",
            Self::FileRenames => "file-renames",
        }
    }
}

/// What is reported of the files in one folder.
#[derive(Clone, Default)]
pub struct Policy {
    /// The folder's path, `/`-separated; empty for all files there are. The innermost folder's policy holds.
    pub folder: String,
    /// The severities that were set, by code; `None` for rules that are off.
    pub severities: FxHashMap<&'static str, Option<Severity>>,
    /// Codes that are off in some files.
    pub silenced: Vec<Silenced>,
    /// What an editor is not answered.
    pub off: Vec<Feature>,
}

/// Codes that are off in some files.
#[derive(Clone)]
pub struct Silenced {
    /// The files.
    pub files: FileMatch,
    /// The codes.
    pub codes: FxHashSet<&'static str>,
}

impl fmt::Debug for Policy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Policy")
            .field("folder", &self.folder)
            .field("severities", &self.severities)
            .finish_non_exhaustive()
    }
}

/// What holds in one file.
pub(crate) struct FilePolicy<'a> {
    policy: Option<&'a Policy>,
    silenced: Vec<&'a FxHashSet<&'static str>>,
}

impl FilePolicy<'_> {
    /// How much a finding matters here; `None` if it is not reported.
    pub(crate) fn severity(&self, code: &str, found: Severity) -> Option<Severity> {
        if self.silenced.iter().any(|it| it.contains(code)) {
            return None;
        }
        self.policy.and_then(|it| it.severities.get(code)).copied().unwrap_or(Some(found))
    }
}

impl Analysis {
    /// Whether a feature is on in a file.
    pub fn offers(&self, file: FileId, feature: Feature) -> bool {
        self.policy_of(self.path(file)).policy.is_none_or(|it| !it.off.contains(&feature))
    }

    /// What holds in the file at a path. Files in no folder that has a policy are reported as the rules say.
    pub(crate) fn policy_of(&self, path: &str) -> FilePolicy<'_> {
        let holds = |it: &&Policy| {
            let rest = path.strip_prefix(it.folder.trim_end_matches('/'));
            it.folder.is_empty() || rest.is_some_and(|rest| rest.starts_with('/'))
        };
        let policy = self.policies.iter().filter(holds).max_by_key(|it| it.folder.len());
        let silenced = policy.into_iter().flat_map(|it| &it.silenced);
        FilePolicy { policy, silenced: silenced.filter(|it| (it.files)(path)).map(|it| &it.codes).collect() }
    }
}
