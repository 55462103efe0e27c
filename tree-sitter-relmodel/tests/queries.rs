//! The shipped queries must compile against the grammar, and the node types must be the grammar's.
//!
//! It owns the check that the texts beside the parser fit it. It must not judge what the queries capture.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use tree_sitter::{Language, Query};

#[test]
fn queries_fit_the_grammar() {
    let language: Language = tree_sitter_relmodel::LANGUAGE.into();
    for (name, text) in [
        ("highlights", tree_sitter_relmodel::HIGHLIGHTS_QUERY),
        ("tags", tree_sitter_relmodel::TAGS_QUERY),
        ("locals", tree_sitter_relmodel::LOCALS_QUERY),
        ("injections", tree_sitter_relmodel::INJECTIONS_QUERY),
    ] {
        let query = Query::new(&language, text);
        assert!(query.as_ref().is_ok_and(|it| it.pattern_count() > 0), "{name}: {:?}", query.err());
    }
}

#[test]
fn node_types_name_the_nodes() {
    let language: Language = tree_sitter_relmodel::LANGUAGE.into();
    for name in ["class_definition", "assignment", "keyword_argument", "unclosed", "unopened", "operation"] {
        assert_ne!(language.id_for_node_kind(name, true), 0, "{name}");
        assert!(tree_sitter_relmodel::NODE_TYPES.contains(&format!("\"type\": \"{name}\"")), "{name}");
    }
}
