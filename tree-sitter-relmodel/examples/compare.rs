//! Compares trees with a table of CPython's verdicts: what `tests/grammar` of the repository runs over tens of thousands
//! of files.
//!
//! ```text
//! compare < TABLE         each line: a path, a tab, and the digest that `dump.py` gives for the file
//! compare --lines PATH    what the tree of one file says, in the terms of `dump.py`
//! ```
//!
//! Prints `fault`, a tab and a place, or `differs`, a tab and a path, for each file that is not as it should be, and at the
//! end the sums. It owns the work over many files; how a tree is read is `tests/common/structure.rs`.
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

fn compare(parser: &mut Parser, path: &str, verdict: &str, bytes: &AtomicUsize) -> Option<String> {
    let text = std::fs::read(path).unwrap_or_else(|error| panic!("{path}: {error}"));
    bytes.fetch_add(text.len(), Ordering::Relaxed);
    let tree = parser.parse(&text, None).unwrap();
    if let Some(node) = structure::fault(&tree) {
        return Some(format!("fault\t{path}:{}: {}", node.start_position().row + 1, node.kind()));
    }
    let found = digest(&structure::lines_of(&tree, &text, true));
    (found != verdict).then(|| format!("differs\t{path}"))
}

fn compare_all() -> bool {
    let table: Vec<String> = std::io::stdin().lock().lines().map(|it| it.unwrap()).collect();
    let next = AtomicUsize::new(0);
    let faulty = AtomicUsize::new(0);
    let bytes = AtomicUsize::new(0);
    let work = || {
        let mut parser = common::parser(&tree_sitter_relmodel::LANGUAGE.into());
        while let Some(line) = table.get(next.fetch_add(1, Ordering::Relaxed)) {
            let (path, verdict) = line.split_once('\t').unwrap();
            if let Some(report) = compare(&mut parser, path, verdict, &bytes) {
                faulty.fetch_add(1, Ordering::Relaxed);
                writeln!(std::io::stdout().lock(), "{report}").unwrap();
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work).unwrap();
        }
    });
    let faulty = faulty.into_inner();
    println!("{} files, {} bytes, {faulty} with faults or differences", table.len(), bytes.into_inner());
    faulty == 0
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
        [option, path] if option == "--lines" => {
            show(path);
            true
        }
        _ => compare_all(),
    };
    let good = std::thread::Builder::new().stack_size(STACK).spawn(run).unwrap().join().unwrap();
    std::process::exit(i32::from(!good));
}
