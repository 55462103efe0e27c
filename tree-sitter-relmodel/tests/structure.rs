//! The tree must show what CPython's `ast` shows: the same definitions, imports, assignments, calls and strings, at the
//! same places, with as many parts.
//!
//! It owns the reading of a tree in the terms of `common/dump.py`. It must not know whether code is accepted at all:
//! that is `stdlib.rs`.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::{fmt::Write as _, process::Command};

use tree_sitter::{Node, Parser};

fn span(node: Node<'_>) -> String {
    let (start, end) = (node.start_position(), node.end_position());
    format!("{} {} {} {}", start.row, start.column, end.row, end.column)
}

fn named(node: Option<Node<'_>>) -> usize {
    let Some(node) = node else { return 0 };
    let mut cursor = node.walk();
    node.named_children(&mut cursor).filter(|it| !it.is_extra()).count()
}

fn without_separators(node: Option<Node<'_>>) -> usize {
    let Some(node) = node else { return 0 };
    let mut cursor = node.walk();
    node.named_children(&mut cursor).filter(|it| !it.is_extra() && !it.kind().ends_with("_separator")).count()
}

fn name<'a>(node: Node<'_>, text: &'a str) -> &'a str {
    node.child_by_field_name("name").map_or("", |it| &text[it.byte_range()])
}

fn arguments(node: Node<'_>) -> (usize, usize) {
    let Some(list) = node.child_by_field_name("arguments") else { return (0, 0) };
    if list.kind() == "generator_expression" {
        return (1, 0);
    }
    let mut cursor = list.walk();
    let (keywords, positional): (Vec<_>, Vec<_>) = list
        .named_children(&mut cursor)
        .filter(|it| !it.is_extra())
        .partition(|it| matches!(it.kind(), "keyword_argument" | "dictionary_splat"));
    (positional.len(), keywords.len())
}

/// The expression in a type, without parentheses, which `ast` does not show.
fn inside(node: Node<'_>) -> Node<'_> {
    let mut cursor = node.walk();
    let child = node.named_children(&mut cursor).find(|it| !it.is_extra());
    match child {
        Some(child) if child.kind() == "parenthesized_expression" => inside(child),
        Some(child) => child,
        None => node,
    }
}

fn assignment(node: Node<'_>) -> String {
    if let Some(annotation) = node.child_by_field_name("type") {
        let value = u8::from(node.child_by_field_name("right").is_some());
        return format!("annotated {} {} {value}", span(node), span(inside(annotation)));
    }
    let mut targets = 1;
    let mut last = node;
    while let Some(next) = last.child_by_field_name("right").filter(|it| it.kind() == "assignment") {
        targets += 1;
        last = next;
    }
    format!("assignment {} {targets}", span(node))
}

fn names(node: Node<'_>) -> usize {
    let mut cursor = node.walk();
    let listed = node.children_by_field_name("name", &mut cursor).count();
    let mut cursor = node.walk();
    listed + node.named_children(&mut cursor).filter(|it| it.kind() == "wildcard_import").count()
}

fn describe(node: Node<'_>, text: &str) -> Option<String> {
    let kind = node.kind();
    let parent = node.parent().map_or("", |it| it.kind());
    let place = format!("{} {}", node.start_position().row, node.start_position().column);
    Some(match kind {
        "module" => format!("module 0 0 {}", named(Some(node))),
        "class_definition" => {
            let bases = named(node.child_by_field_name("superclasses"));
            format!("{kind} {place} {} {bases} {}", name(node, text), named(node.child_by_field_name("body")))
        }
        "function_definition" => {
            let parameters = without_separators(node.child_by_field_name("parameters"));
            format!("{kind} {place} {} {parameters} {}", name(node, text), named(node.child_by_field_name("body")))
        }
        "import_statement" | "import_from_statement" => format!("{kind} {} {}", span(node), names(node)),
        "assignment" if parent == "assignment" => return None,
        "assignment" => assignment(node),
        "augmented_assignment" => format!("{kind} {}", span(node)),
        "call" => {
            let (positional, keywords) = arguments(node);
            format!("{kind} {} {positional} {keywords}", span(node))
        }
        "string" if parent == "concatenated_string" => return None,
        "string" | "concatenated_string" => format!("string {}", span(node)),
        "list_pattern" => format!("list {}", span(node)),
        "attribute"
        | "subscript"
        | "lambda"
        | "conditional_expression"
        | "list_comprehension"
        | "set_comprehension"
        | "dictionary_comprehension"
        | "named_expression"
        | "await"
        | "list"
        | "set"
        | "dictionary" => {
            format!("{kind} {}", span(node))
        }
        "return_statement"
        | "delete_statement"
        | "raise_statement"
        | "pass_statement"
        | "break_statement"
        | "continue_statement"
        | "assert_statement"
        | "for_statement"
        | "while_statement"
        | "with_statement"
        | "try_statement"
        | "match_statement"
        | "global_statement"
        | "nonlocal_statement"
        | "type_alias_statement"
            if node.is_named() =>
        {
            format!("{kind} {place}")
        }
        _ => return None,
    })
}

fn collect(node: Node<'_>, text: &str, lines: &mut Vec<String>) {
    if !node.is_named() {
        return;
    }
    lines.extend(describe(node, text));
    if matches!(node.kind(), "string" | "case_pattern") {
        return;
    }
    let mut cursor = node.walk();
    for child in node.named_children(&mut cursor) {
        collect(child, text, lines);
    }
}

/// The first lines that only one side has.
fn difference(expected: &[&str], found: &[String]) -> Option<String> {
    let mut report = String::new();
    for line in expected.iter().filter(|it| found.binary_search_by(|f| f.as_str().cmp(it)).is_err()).take(2) {
        let _ = write!(report, "\n    ast:  {line}");
    }
    for line in found.iter().filter(|it| expected.binary_search(&it.as_str()).is_err()).take(2) {
        let _ = write!(report, "\n    tree: {line}");
    }
    (!report.is_empty() || expected.len() != found.len()).then_some(report)
}

fn compare(block: &str, parser: &mut Parser) -> Option<String> {
    let mut expected: Vec<&str> = block.lines().collect();
    let path = expected.remove(0);
    expected.sort_unstable();
    let text = std::fs::read_to_string(path).unwrap();
    let tree = parser.parse(&text, None).unwrap();
    let mut found = Vec::new();
    collect(tree.root_node(), &text, &mut found);
    found.sort_unstable();
    difference(&expected, &found).map(|it| format!("{path}{it}"))
}

fn check_structure() {
    let python = std::env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let folders = std::env::var("RELMODEL_CORPUS").unwrap_or_default();
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/dump.py");
    let Ok(output) = Command::new(python).arg(script).args(folders.split_whitespace()).output() else {
        println!("SKIPPED: no python3 found to compare with");
        return;
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let dump = String::from_utf8(output.stdout).unwrap();
    let mut parser = Parser::new();
    parser.set_language(&tree_sitter_relmodel::LANGUAGE.into()).unwrap();
    let mut files = 0;
    let mut differences = Vec::new();
    for block in format!("\n{dump}").split("\n= ").skip(1) {
        files += 1;
        differences.extend(compare(block, &mut parser));
    }
    println!("{files} files compared, {} differ", differences.len());
    let shown = &differences[..differences.len().min(30)];
    assert!(differences.is_empty(), "{}", shown.join("\n"));
}

#[test]
fn shows_what_ast_shows() {
    // Nested code goes deep in some files of the library, and debug frames are large.
    std::thread::Builder::new().stack_size(256 << 20).spawn(check_structure).unwrap().join().unwrap();
}
