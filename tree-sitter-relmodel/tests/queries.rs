//! The shipped queries fit the grammar and find in samples what they say they find.
//!
//! It owns the samples and what is expected of them.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use tree_sitter::{Language, Node, Parser, Query, QueryCursor, StreamingIterator, Tree};

fn language() -> Language {
    tree_sitter_relmodel::LANGUAGE.into()
}

fn query(text: &str) -> Query {
    Query::new(&language(), text).unwrap()
}

fn parse(source: &str) -> Tree {
    let mut parser = Parser::new();
    parser.set_language(&language()).unwrap();
    parser.parse(source, None).unwrap()
}

/// All captures in the order of the text: capture, captured node, number of the pattern.
fn captures<'t>(query: &Query, tree: &'t Tree, source: &str) -> Vec<(String, Node<'t>, usize)> {
    let mut cursor = QueryCursor::new();
    let mut found = cursor.captures(query, tree.root_node(), source.as_bytes());
    let mut captures = Vec::new();
    while let Some((matched, index)) = found.next() {
        let capture = matched.captures()[*index];
        let name = query.capture_names()[capture.index as usize].to_owned();
        captures.push((name, capture.node, matched.pattern_index));
    }
    captures
}

#[test]
fn queries_fit_the_grammar() {
    for (name, text) in [
        ("highlights", tree_sitter_relmodel::HIGHLIGHTS_QUERY),
        ("tags", tree_sitter_relmodel::TAGS_QUERY),
        ("locals", tree_sitter_relmodel::LOCALS_QUERY),
        ("injections", tree_sitter_relmodel::INJECTIONS_QUERY),
    ] {
        let query = Query::new(&language(), text);
        assert!(query.as_ref().is_ok_and(|it| it.pattern_count() > 0), "{name}: {:?}", query.err());
    }
}

#[test]
fn node_types_name_the_nodes() {
    for name in ["class_definition", "assignment", "keyword_argument", "unclosed", "unopened", "operation"] {
        assert_ne!(language().id_for_node_kind(name, true), 0, "{name}");
        assert!(tree_sitter_relmodel::NODE_TYPES.contains(&format!("\"type\": \"{name}\"")), "{name}");
    }
}

/// The highlight of each expected text: where several patterns capture a node, the last one wins.
#[test]
fn highlights() {
    let source = r#"
import os.path as here
from sqlalchemy import Column
LIMIT = 0x10

@decorated(limit=1.5)
class Parent(Base, metaclass=Meta):
    """What it is."""
    children: Mapped["Child"] = relationship("Child\n", backref=None)

    async def total(self, *args, start=0):
        # A comment.
        if not self.children and True:
            return await self.load(Child())
        raise ValueError(f"{start!r} {{}}")
"#;
    let tree = parse(source);
    let query = query(tree_sitter_relmodel::HIGHLIGHTS_QUERY);
    let captures = captures(&query, &tree, source);
    let expected = [
        ("import", "keyword.import"),
        ("os", "module"),
        ("sqlalchemy", "module"),
        ("LIMIT", "constant"),
        ("0x10", "number"),
        ("decorated", "attribute"),
        ("limit", "variable.parameter"),
        ("1.5", "number.float"),
        ("class", "keyword.type"),
        ("Parent", "type.definition"),
        ("Base", "type"),
        ("\"\"\"What it is.\"\"\"", "string.documentation"),
        ("children", "variable"),
        ("Mapped", "type"),
        ("relationship", "function.call"),
        ("\\n", "string.escape"),
        ("backref", "variable.parameter"),
        ("None", "constant.builtin"),
        ("async", "keyword.coroutine"),
        ("def", "keyword.function"),
        ("total", "function"),
        ("self", "variable.builtin"),
        ("args", "variable.parameter"),
        ("start", "variable.parameter"),
        ("# A comment.", "comment"),
        ("if", "keyword.conditional"),
        ("not", "keyword.operator"),
        ("and", "keyword.operator"),
        ("True", "boolean"),
        ("return", "keyword.return"),
        ("load", "function.method.call"),
        ("Child", "constructor"),
        ("raise", "keyword.exception"),
        ("{{", "string.escape"),
    ];
    for (text, highlight) in expected {
        let node = captures.iter().find(|it| &source[it.1.byte_range()] == text).unwrap_or_else(|| panic!("{text}")).1;
        let of_node = captures.iter().filter(|it| it.1 == node);
        let last = of_node.max_by_key(|it| it.2).unwrap();
        assert_eq!(last.0, highlight, "{text}");
    }
}

#[test]
fn tags() {
    let source =
        "LIMIT = 1\n\n\nclass Parent(Base):\n    id = Column(Integer)\n\n    def load(self):\n        db.fetch(self)\n";
    let tree = parse(source);
    let query = query(tree_sitter_relmodel::TAGS_QUERY);
    let mut cursor = QueryCursor::new();
    let mut matches = cursor.matches(&query, tree.root_node(), source.as_bytes());
    let mut found = Vec::new();
    while let Some(matched) = matches.next() {
        let text = |wanted: bool| {
            let capture =
                matched.captures().iter().find(|it| (query.capture_names()[it.index as usize] == "name") == wanted);
            capture.copied().unwrap()
        };
        let kind = query.capture_names()[text(false).index as usize];
        found.push((kind, &source[text(true).node.byte_range()]));
    }
    found.sort_unstable();
    let expected = [
        ("definition.class", "Parent"),
        ("definition.constant", "LIMIT"),
        ("definition.field", "id"),
        ("definition.function", "load"),
        ("reference.call", "Column"),
        ("reference.call", "fetch"),
        ("reference.class", "Base"),
    ];
    assert_eq!(found, expected);
}

#[test]
fn locals() {
    let source = "import os\n\ndef f(a, *b, c=1):\n    d = [e for e in a]\n    with os.open(d) as g:\n        return lambda h: h\n";
    let tree = parse(source);
    let query = query(tree_sitter_relmodel::LOCALS_QUERY);
    let captures = captures(&query, &tree, source);
    let scopes = captures.iter().filter(|it| it.0 == "local.scope").map(|it| it.1.kind());
    assert_eq!(scopes.collect::<Vec<_>>(), ["module", "function_definition", "list_comprehension", "lambda"]);
    let definitions: Vec<_> = captures
        .iter()
        .filter_map(|it| Some((it.0.strip_prefix("local.definition.")?, &source[it.1.byte_range()])))
        .collect();
    let expected = [
        ("import", "os"),
        ("function", "f"),
        ("parameter", "a"),
        ("parameter", "b"),
        ("parameter", "c"),
        ("var", "d"),
        ("var", "e"),
        ("var", "g"),
        ("parameter", "h"),
    ];
    assert_eq!(definitions, expected);
}

#[test]
fn injections() {
    let source = "# note\nre.compile(r\"a+\")\ntext(\"SELECT 1\")\nr = relationship(\"B\", primaryjoin=\"A.id == B.a_id\", lazy=\"x\")\nx: \"Mapped[A]\"\n";
    let tree = parse(source);
    let query = query(tree_sitter_relmodel::INJECTIONS_QUERY);
    let found: Vec<_> = captures(&query, &tree, source)
        .into_iter()
        .filter(|it| it.0 == "injection.content")
        .map(|it| {
            let language = query.property_settings(it.2).iter().find(|it| &*it.key == "injection.language").unwrap();
            (language.value.as_deref().unwrap().to_owned(), &source[it.1.byte_range()])
        })
        .collect();
    let expected = [
        ("comment", "# note"),
        ("regex", "a+"),
        ("sql", "SELECT 1"),
        ("python", "A.id == B.a_id"),
        ("python", "Mapped[A]"),
    ];
    let found: Vec<_> = found.iter().map(|it| (it.0.as_str(), it.1)).collect();
    assert_eq!(found, expected);
}
