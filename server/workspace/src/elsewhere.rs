//! The Python files that the analysis does not hold, since nothing in them is mapped: they may use what is. They are read
//! from disk for one answer, and not kept.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use aho_corasick::AhoCorasick;
use rayon::prelude::*;
use relmodel_ide::OutsideFile;
use rustc_hash::FxHashSet;

use crate::naming::Namer;
use crate::paths::is_within;
use crate::source;

/// The files that were passed over, and what their imports are looked up by.
#[derive(Clone, Default)]
pub struct Elsewhere {
    pub(crate) files: Arc<FxHashSet<String>>,
    pub(crate) roots: Vec<Root>,
}

/// A root, by what files in it are named by.
#[derive(Clone)]
pub(crate) struct Root {
    pub(crate) key: String,
    pub(crate) path: PathBuf,
    pub(crate) sources: Vec<PathBuf>,
    pub(crate) sites: Vec<PathBuf>,
}

impl Elsewhere {
    /// The files that hold one of some words, sorted by path. One that cannot be read holds none.
    pub fn with_words(&self, words: &[String]) -> Vec<OutsideFile> {
        self.with_words_or_within(words, &[])
    }

    /// The same, and all that are or lie in one of some files or folders (keys).
    pub fn with_words_or_within(&self, words: &[String], paths: &[&str]) -> Vec<OutsideFile> {
        let Ok(matcher) = AhoCorasick::new(words) else { return Vec::new() };
        if words.is_empty() {
            return Vec::new();
        }
        let text_of = |key: &String| {
            let is_wanted = paths.iter().any(|it| is_within(key, it));
            let content = source::read(Path::new(key)).ok().filter(|it| is_wanted || holds(&matcher, it))?;
            Some((key.clone(), source::text_of(&content).to_string()))
        };
        let mut found: Vec<(String, String)> = self.files.par_iter().filter_map(text_of).collect();
        found.sort();
        let mut namer = Namer::default();
        found.into_iter().filter_map(|(path, text)| self.outside(path, text, &mut namer)).collect()
    }

    fn outside(&self, path: String, text: String, namer: &mut Namer) -> Option<OutsideFile> {
        let root = self.roots.iter().filter(|it| is_within(&path, &it.key)).max_by_key(|it| it.key.len())?;
        let name = namer.name(Path::new(&path), &root.path, &root.sources, &root.sites);
        Some(OutsideFile { path, text, search_path: name.search_path })
    }
}

/// Whether a text holds one of the words, and not only as a part of another one: `id` is in `width`, too.
pub(crate) fn holds(matcher: &AhoCorasick, text: &[u8]) -> bool {
    let goes_on = |it: Option<&u8>| it.is_some_and(|it| it.is_ascii_alphanumeric() || *it == b'_' || !it.is_ascii());
    matcher.find_overlapping_iter(text).any(|it| {
        let before = it.start().checked_sub(1).and_then(|at| text.get(at));
        !goes_on(before) && !goes_on(text.get(it.end()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_held_as_a_whole() {
        let matcher = AhoCorasick::new(["id", "id_path", "größe"]).ok();
        let is_held = |text: &str| matcher.as_ref().is_some_and(|it| holds(it, text.as_bytes()));
        for text in ["id", "it.id", "width, id", "ForeignKey(\"parent.id\")", "it.id_path", "größe = 1", "\nid="] {
            assert!(is_held(text), "{text}");
        }
        for text in ["width", "id2", "_id", "ideal, id_paths", "éid", "idé", "größer"] {
            assert!(!is_held(text), "{text}");
        }
    }
}
