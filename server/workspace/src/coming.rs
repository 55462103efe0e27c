//! What was read but is not analysed yet: enough to tell what one name means, long before everything is known.

use std::sync::Arc;

use relmodel_ide::{Analysis, AnalysisHost, Change, FileChange, FileChangeKind, Policy, Rope, SqlAlchemy};

/// With more files than this an analysis of them would hardly be there before that of all.
const MAX_FILES: usize = 100;

/// What the classes that others are mapped below are made with.
const BASES: &[&str] = &["DeclarativeBase", "declarative_base", "registry(", "SQLAlchemy(", "SQLModel"];

/// The files of a workspace that is being loaded, and its settings.
#[derive(Clone)]
pub struct Coming {
    files: Arc<Vec<FileChange>>,
    policies: Arc<Vec<Policy>>,
    sqlalchemy: Option<SqlAlchemy>,
}

impl Coming {
    pub(crate) fn new(files: &[FileChange], policies: Vec<Policy>, sqlalchemy: Option<SqlAlchemy>) -> Self {
        Self { files: Arc::new(files.to_vec()), policies: Arc::new(policies), sqlalchemy }
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// An analysis of an open document and of those files alone that hold a word, or make a base class. Whatever that word
    /// names stands in one of them, so what this analysis knows of it the whole one will know too; of anything else it
    /// knows nothing. `None` if the document is none of the files, or if these are too many.
    pub fn about(&self, word: &str, key: &str, text: &Rope) -> Option<Analysis> {
        let is_near = |it: &&FileChange| it.path == key || text_of(it).is_some_and(|it| says(&it.to_string(), word));
        let mut files: Vec<FileChange> = self.files.iter().filter(is_near).take(MAX_FILES + 1).cloned().collect();
        let own = files.iter_mut().find(|it| it.path == key)?;
        if let FileChangeKind::Text { text: on_disk, .. } = &mut own.kind {
            *on_disk = text.clone();
        }
        if files.len() > MAX_FILES {
            return None;
        }
        let policies = Some(self.policies.to_vec());
        let change = Change { files, sqlalchemy: self.sqlalchemy, policies };
        let mut host = AnalysisHost::for_one_run();
        // The threads that analyse all files would do these last.
        let thread = rayon::ThreadPoolBuilder::new().num_threads(1).build().ok()?;
        thread.install(|| host.apply(change));
        Some(host.snapshot())
    }
}

fn text_of(file: &FileChange) -> Option<&Rope> {
    match &file.kind {
        FileChangeKind::Text { text, .. } => Some(text),
        _ => None,
    }
}

fn says(text: &str, word: &str) -> bool {
    let is_part = |it: char| it.is_alphanumeric() || it == '_';
    let is_whole = |at: usize| !text[..at].ends_with(is_part) && !text[at + word.len()..].starts_with(is_part);
    text.match_indices(word).any(|(at, _)| is_whole(at)) || BASES.iter().any(|it| text.contains(it))
}
