//! Lists the rule files, so that a rule is registered by existing: its file name is its code, its header its page.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=src/rules");
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join("src/rules");
    let mut files = Vec::new();
    collect(&root, &mut files)?;
    files.sort();
    let mut modules = String::new();
    let mut entries = String::new();
    for file in &files {
        let Some(module) = file.file_stem().and_then(|it| it.to_str()) else { continue };
        let path = file.to_string_lossy().replace('\\', "/");
        let code = module.replace('_', "-");
        let _ = writeln!(modules, "#[path = {path:?}]\nmod {module};");
        let _ =
            writeln!(entries, "    Entry {{ code: {code:?}, rule: &{module}::RULE, source: include_str!({path:?}) }},");
    }
    let text = format!("{modules}\npub(crate) static ENTRIES: &[Entry] = &[\n{entries}];\n");
    fs::write(PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default()).join("rules.rs"), text)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|it| it == "rs") {
            files.push(path);
        }
    }
    Ok(())
}
