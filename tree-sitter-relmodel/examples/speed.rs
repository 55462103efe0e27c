//! Full parses of real files, paired with tree-sitter-python in one run: bytes per second.
//!
//! `cargo run --release --example speed -- FOLDER...` reads every `.py` file below the folders.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::time::{Duration, Instant};

use tree_sitter::Parser;

mod common;

const ROUNDS: usize = 7;

fn parse(parser: &mut Parser, text: &[u8]) -> Duration {
    let start = Instant::now();
    let tree = parser.parse(text, None);
    let elapsed = start.elapsed();
    drop(tree);
    elapsed
}

/// The fastest of a few full parses with each, in alternation, so that what else the machine does meets both.
fn fastest(ours: &mut Parser, theirs: &mut Parser, text: &[u8]) -> (Duration, Duration) {
    (0..ROUNDS).fold((Duration::MAX, Duration::MAX), |best, _| {
        (best.0.min(parse(ours, text)), best.1.min(parse(theirs, text)))
    })
}

#[allow(clippy::cast_precision_loss)]
fn main() {
    let folders: Vec<String> = std::env::args().skip(1).collect();
    let files = common::python_files(&folders);
    let mut ours = common::parser(&tree_sitter_relmodel::LANGUAGE.into());
    let mut theirs = common::parser(&tree_sitter_python::LANGUAGE.into());
    let (mut bytes, mut our_time, mut their_time) = (0, Duration::ZERO, Duration::ZERO);
    for path in &files {
        let Ok(text) = std::fs::read(path) else { continue };
        bytes += text.len();
        let (our_best, their_best) = fastest(&mut ours, &mut theirs, &text);
        our_time += our_best;
        their_time += their_best;
    }
    let rate = |time: Duration| bytes as f64 / time.as_secs_f64() / 1e6;
    println!("{} files, {bytes} bytes, fastest of {ROUNDS} full parses", files.len());
    println!("tree-sitter-relmodel {:6.2} MB/s", rate(our_time));
    println!("tree-sitter-python   {:6.2} MB/s", rate(their_time));
    println!("ratio                {:6.2}", rate(our_time) / rate(their_time));
}
