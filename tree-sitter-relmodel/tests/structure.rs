//! The tree must show what CPython's `ast` shows, in every file of the running Python's standard library: the same
//! definitions, imports, assignments, calls and strings at the same places; and nothing in it may be a fault.
//!
//! It owns the comparison with the Python that is at hand. Thousands of other files are compared by `tests/grammar` of the
//! repository, with `examples/compare.rs`.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::process::Command;

use tree_sitter::Parser;

#[path = "common/structure.rs"]
mod structure;

/// What differs in one file: a block of `dump.py`, which begins with the path.
fn compare(block: &str, parser: &mut Parser, braces: bool) -> Option<String> {
    let (path, expected) = block.split_once('\n').unwrap();
    let text = std::fs::read(path).unwrap();
    let tree = parser.parse(&text, None).unwrap();
    if let Some(node) = structure::fault(&tree) {
        return Some(format!("{path}:{}: {}", node.start_position().row + 1, node.kind()));
    }
    let found = structure::lines_of(&tree, &text, braces);
    let expected: Vec<&str> = expected.lines().collect();
    (expected != found).then(|| format!("{path}{}", difference(&expected, &found)))
}

/// The first lines that only one side has.
fn difference(expected: &[&str], found: &[String]) -> String {
    let missing = expected.iter().filter(|it| !found.iter().any(|other| other == *it)).take(3);
    let surplus = found.iter().filter(|it| !expected.contains(&it.as_str())).take(3);
    let lines = missing.map(|it| format!("\n    ast:  {it}")).chain(surplus.map(|it| format!("\n    tree: {it}")));
    lines.collect()
}

fn check() {
    let python = std::env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/dump.py");
    let folders = std::env::var("RELMODEL_CORPUS").unwrap_or_default();
    let output = Command::new(python).arg(script).args(folders.split_whitespace()).output();
    let output = output.expect("python3 is needed: CPython is the judge of this test");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let dump = String::from_utf8(output.stdout).unwrap();
    let (header, blocks) = dump.split_once("\n= ").unwrap();
    let mut parser = Parser::new();
    parser.set_language(&tree_sitter_relmodel::LANGUAGE.into()).unwrap();
    let mut files = 0;
    let mut differences = Vec::new();
    for block in blocks.split("\n= ") {
        files += 1;
        differences.extend(compare(block, &mut parser, header == "braces"));
    }
    println!("{files} files compared, {} differ", differences.len());
    assert!(files > 500, "a standard library has more than {files} files");
    let shown = &differences[..differences.len().min(30)];
    assert!(differences.is_empty(), "{}", shown.join("\n"));
}

#[test]
fn shows_what_ast_shows() {
    // Nested code goes deep in some files of the library, and debug frames are large.
    std::thread::Builder::new().stack_size(256 << 20).spawn(check).unwrap().join().unwrap();
}
