//! Every file of the running Python's standard library that Python accepts must parse without a fault.
//!
//! It owns the comparison with CPython's own verdict. It must not know the shape of trees: that is the corpus' part.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::{path::PathBuf, process::Command};

use tree_sitter::{Node, Parser};

/// Prints the files below the standard library (or below `sys.argv[1:]`) that `ast.parse` accepts.
const ACCEPTED: &str = r#"
import ast, os, sys, sysconfig, warnings
warnings.simplefilter("ignore")
for root in sys.argv[1:] or [sysconfig.get_paths()["stdlib"]]:
    for folder, _, names in os.walk(root):
        for name in names:
            if not name.endswith(".py"):
                continue
            path = os.path.join(folder, name)
            try:
                with open(path, "rb") as file:
                    ast.parse(file.read())
            except (SyntaxError, ValueError, RecursionError, MemoryError, OSError):
                continue
            print(path)
"#;

/// The accepted files, or nothing if there is no Python to ask. `RELMODEL_CORPUS` names other folders.
fn accepted() -> Option<Vec<PathBuf>> {
    let python = std::env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let folders = std::env::var("RELMODEL_CORPUS").unwrap_or_default();
    let output = Command::new(python).args(["-c", ACCEPTED]).args(folders.split_whitespace()).output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    output.status.success().then(|| text.lines().map(PathBuf::from).collect())
}

/// The first node that valid code must not have: an error, a missing token, or a sign of the half-typed law.
fn fault(root: Node<'_>) -> Option<Node<'_>> {
    let mut cursor = root.walk();
    loop {
        let node = cursor.node();
        if node.is_error() || node.is_missing() || matches!(node.kind(), "unclosed" | "unopened") {
            return Some(node);
        }
        if cursor.goto_first_child() || cursor.goto_next_sibling() {
            continue;
        }
        while cursor.goto_parent() {
            if cursor.goto_next_sibling() {
                break;
            }
        }
        if cursor.node() == root {
            return None;
        }
    }
}

#[test]
fn accepts_what_python_accepts() {
    let Some(files) = accepted() else {
        println!("SKIPPED: no python3 found, so no standard library to read");
        return;
    };
    let mut parser = Parser::new();
    parser.set_language(&tree_sitter_relmodel::LANGUAGE.into()).unwrap();
    let mut faults = Vec::new();
    let mut bytes = 0;
    for path in &files {
        let text = std::fs::read(path).unwrap();
        bytes += text.len();
        let tree = parser.parse(&text, None).unwrap();
        if let Some(node) = fault(tree.root_node()) {
            faults.push(format!("{}:{}: {}", path.display(), node.start_position().row + 1, node.kind()));
        }
    }
    println!("{} files, {bytes} bytes, {} with faults", files.len(), faults.len());
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
