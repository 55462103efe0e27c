//! What trees say, to be compared with CPython's verdicts: `tests/grammar` of the repository runs it over tens of thousands
//! of files.
//!
//! ```text
//! compare < LIST          prints `PATH<tab>DIGEST`, or `PATH<tab>fault: PLACE`, for each path in the list
//! compare --lines PATH    prints what the tree of one file says, in the terms of `dump.py`
//! ```
//!
//! The digest is the one that `dump.py` gives of a file. It owns the work over many files; how a tree is read is
//! `tests/common/structure.rs`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)]

use std::{
    io::{BufRead, Write},
    sync::atomic::{AtomicUsize, Ordering},
};

use tree_sitter::Parser;

mod common;
#[path = "../tests/common/structure.rs"]
mod structure;

/// Nested code goes deep in some files.
const STACK: usize = 512 << 20;

/// What stands for the lines in a table of verdicts: their number, their size and a checksum.
fn digest(lines: &[String]) -> String {
    let size: usize = lines.iter().map(|it| it.len() + 1).sum();
    let mut crc = crc32fast::Hasher::new();
    for line in lines {
        crc.update(line.as_bytes());
        crc.update(b"\n");
    }
    format!("{} {size} {:08x}", lines.len(), crc.finalize())
}

/// What the tree of a file says: a digest, or its first fault.
fn said(parser: &mut Parser, path: &str) -> String {
    let text = std::fs::read(path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let tree = parser.parse(&text, None).unwrap();
    match structure::fault(&tree) {
        Some(node) => format!("fault: line {}: {}", node.start_position().row + 1, node.kind()),
        None => digest(&structure::lines_of(&tree, &text, true)),
    }
}

/// Reads the files of the list on all cores.
fn read_all() {
    let paths: Vec<String> = std::io::stdin().lock().lines().map(|it| it.unwrap()).collect();
    let next = AtomicUsize::new(0);
    let work = || {
        let mut parser = common::parser(&tree_sitter_relmodel::LANGUAGE.into());
        while let Some(path) = paths.get(next.fetch_add(1, Ordering::Relaxed)) {
            let said = said(&mut parser, path);
            writeln!(std::io::stdout().lock(), "{path}\t{said}").unwrap();
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work).unwrap();
        }
    });
}

fn show(path: &str) {
    let text = std::fs::read(path).unwrap();
    let mut parser = common::parser(&tree_sitter_relmodel::LANGUAGE.into());
    let tree = parser.parse(&text, None).unwrap();
    for line in structure::lines_of(&tree, &text, true) {
        println!("{line}");
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let run = move || match arguments.as_slice() {
        [option, path] if option == "--lines" => show(path),
        _ => read_all(),
    };
    std::thread::Builder::new().stack_size(STACK).spawn(run).unwrap().join().unwrap();
}
