//! What was read but is not analysed yet: enough to tell what one name means, long before everything is known.

use std::sync::Arc;

use aho_corasick::AhoCorasick;
use relmodel_ide::{Analysis, AnalysisHost, Change, FileChange, FileChangeKind, Policy, Rope, SqlAlchemy};
use rustc_hash::FxHashMap;

use crate::elsewhere::holds;

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

    /// An analysis of an open document and of those files alone that hold the word at a byte offset into it, or make a base
    /// class. Whatever that word names stands in one of them, so what this analysis knows of it the whole one will know too;
    /// of anything else it knows nothing. `open` are the texts of all open documents, by key. `None` if the document is none
    /// of the files, if a document that is none of them holds the word, or if these are too many.
    pub fn about(&self, key: &str, offset: u32, open: &FxHashMap<String, Rope>) -> Option<Analysis> {
        let text = open.get(key)?.to_string();
        let word = word_at(&text, offset as usize)?;
        let matchers = (AhoCorasick::new([word]).ok()?, AhoCorasick::new(BASES).ok()?);
        let is_near = |text: &Rope| {
            let text = text.to_string();
            holds(&matchers.0, text.as_bytes()) || matchers.1.is_match(&text)
        };
        let mut strangers: FxHashMap<&String, &Rope> = open.iter().collect();
        let mut files = Vec::new();
        for file in self.files.iter() {
            strangers.remove(&file.path);
            let mut file = file.clone();
            let FileChangeKind::Text { text, .. } = &mut file.kind else { continue };
            if let Some(of_editor) = open.get(&file.path) {
                *text = of_editor.clone();
            }
            if file.path == key || is_near(text) {
                files.push(file);
            }
        }
        if files.len() > MAX_FILES || strangers.iter().any(|(path, text)| *path == key || is_near(text)) {
            return None;
        }
        let change = Change { files, sqlalchemy: self.sqlalchemy, policies: Some(self.policies.to_vec()) };
        let mut host = AnalysisHost::for_one_run();
        // The threads that analyse all files would do these last.
        let thread = rayon::ThreadPoolBuilder::new().num_threads(1).build().ok()?;
        thread.install(|| host.apply(change));
        Some(host.snapshot())
    }
}

/// The word that a byte offset stands in, or at the end of.
fn word_at(text: &str, offset: usize) -> Option<&str> {
    let (before, after) = text.split_at_checked(offset)?;
    let is_part = |it: char| it.is_alphanumeric() || it == '_';
    let start = before.trim_end_matches(is_part).len();
    let end = offset + after.len() - after.trim_start_matches(is_part).len();
    text.get(start..end).filter(|it| !it.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_found_from_its_first_byte_to_behind_its_last() {
        let text = "x = \"Kind_1\"\n";
        for offset in 5..=11 {
            assert_eq!(word_at(text, offset), Some("Kind_1"));
        }
        assert_eq!(word_at(text, 2), None);
        assert_eq!(word_at(text, 99), None);
    }
}
