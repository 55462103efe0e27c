//! What the examples share: which files they read, and a parser.
#![allow(dead_code)] // No example needs all of it.

use std::path::{Path, PathBuf};

use tree_sitter::{Language, Parser};

/// Every `.py` file below the folders, in a fixed order.
pub(crate) fn python_files(folders: &[String]) -> Vec<PathBuf> {
    let mut res = Vec::new();
    for folder in folders {
        collect(Path::new(folder), &mut res);
    }
    res
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(path) else {
        files.extend(path.extension().is_some_and(|it| it == "py").then(|| path.to_owned()));
        return;
    };
    let mut paths: Vec<_> = entries.flatten().map(|it| it.path()).collect();
    paths.sort();
    for path in paths {
        collect(&path, files);
    }
}

/// A parser of a language.
pub(crate) fn parser(language: &Language) -> Parser {
    let mut parser = Parser::new();
    parser.set_language(language).expect("the language fits this tree-sitter");
    parser
}
