//! The memory of trees of real files, beside tree-sitter-python's, in bytes per byte of source. Linux only.
//!
//! `cargo run --release --example memory -- FOLDER...` parses every `.py` file below the folders and keeps all trees,
//! once with each grammar, each in a process of its own.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::process::Command;

use tree_sitter::Language;

mod common;

/// The resident memory of this process in bytes.
fn resident() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("this is Linux");
    let line = status.lines().find_map(|it| it.strip_prefix("VmRSS:")).expect("the kernel tells VmRSS");
    line.trim().trim_end_matches(" kB").parse::<f64>().expect("a number") * 1024.0
}

#[allow(clippy::cast_precision_loss)]
fn measure(name: &str, language: &Language, folders: &[String]) {
    let files = common::python_files(folders);
    let mut parser = common::parser(language);
    let before = resident();
    let (mut trees, mut bytes) = (Vec::new(), 0);
    for text in files.iter().flat_map(std::fs::read) {
        trees.extend(parser.parse(&text, None));
        bytes += text.len();
    }
    let per_byte = (resident() - before) / bytes as f64;
    println!("tree-sitter-{name:10} {} trees, {bytes} bytes of source, {per_byte:.1} bytes per byte", trees.len());
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match std::env::var("GRAMMAR").as_deref() {
        Ok("relmodel") => measure("relmodel", &tree_sitter_relmodel::LANGUAGE.into(), &arguments),
        Ok(_) => measure("python", &tree_sitter_python::LANGUAGE.into(), &arguments),
        Err(_) => {
            for name in ["relmodel", "python"] {
                let this = std::env::current_exe().expect("this program has a path");
                let status = Command::new(this).args(&arguments).env("GRAMMAR", name).status();
                assert!(status.is_ok_and(|it| it.success()), "the measurement of {name} failed");
            }
        }
    }
}
