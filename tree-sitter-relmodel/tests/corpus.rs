//! The corpus shows every node of the grammar, and enough of recovery. That its trees are right is `tree-sitter test`'s part.
//!
//! It owns what the corpus must hold.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::{collections::BTreeSet, path::Path};

use tree_sitter::Language;

const RECOVERY_CASES: usize = 60;

fn corpus(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("test/corpus").join(name);
    std::fs::read_to_string(path).unwrap()
}

fn files() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("test/corpus");
    std::fs::read_dir(folder).unwrap().map(|it| it.unwrap().file_name().into_string().unwrap()).collect()
}

/// The names of nodes in the trees of a corpus file. What stands between `===` and `---` is Python.
fn shown(text: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut in_tree = false;
    for line in text.lines() {
        if line.starts_with("---") || line.starts_with("===") {
            in_tree = line.starts_with("---");
        } else if in_tree {
            let pieces = line.split('(').skip(1);
            names.extend(pieces.map(|it| it.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()));
        }
    }
    names
}

#[test]
fn every_node_is_shown() {
    let shown: BTreeSet<String> = files().iter().flat_map(|it| shown(&corpus(it))).collect();
    let language: Language = tree_sitter_relmodel::LANGUAGE.into();
    let kinds = (0..language.node_kind_count()).filter_map(|it| {
        let id = u16::try_from(it).unwrap();
        let named = language.node_kind_is_named(id) && language.node_kind_is_visible(id);
        named.then(|| language.node_kind_for_id(id)).flatten()
    });
    let missing: BTreeSet<_> = kinds.filter(|it| *it != "ERROR" && !shown.contains(*it)).collect();
    assert!(missing.is_empty(), "no tree of the corpus shows {missing:?}");
}

#[test]
fn recovery_has_its_cases() {
    let cases = corpus("half_typed.txt").lines().filter(|it| it.starts_with("---")).count();
    assert!(cases >= RECOVERY_CASES, "{cases} cases of half-typed code");
}
