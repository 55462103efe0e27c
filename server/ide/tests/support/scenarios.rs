//! The Python blocks of the handbook, `tests/scenarios/*.md`.
#![allow(dead_code, missing_docs, clippy::unwrap_used, clippy::expect_used)]

use std::path::Path;

use relmodel_fixture::Fixture;

/// A block with the prelude that stands before it.
pub(crate) struct Scenario {
    /// Its document and its headings.
    pub(crate) name: String,
    pub(crate) fixture: Fixture,
}

/// All scenarios, in the order of the documents' names.
pub(crate) fn scenarios() -> Vec<Scenario> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/scenarios");
    let entries = std::fs::read_dir(folder).expect("the scenarios are there");
    let mut paths: Vec<_> = entries.map(|it| it.unwrap().path()).collect();
    paths.retain(|it| it.extension().is_some_and(|it| it == "md"));
    paths.sort();
    paths.iter().flat_map(|it| scenarios_of(it)).collect()
}

fn scenarios_of(path: &Path) -> Vec<Scenario> {
    let text = std::fs::read_to_string(path).expect("a scenario can be read");
    let document = path.file_stem().unwrap().to_string_lossy().into_owned();
    let mut res = Vec::new();
    let (mut headings, mut prelude) = (Vec::new(), String::new());
    let mut lines = text.split_inclusive('\n');
    while let Some(line) = lines.next() {
        if let Some(title) = line.trim_start_matches('#').strip_prefix(' ').filter(|_| line.starts_with('#')) {
            headings.truncate(line.len() - title.len() - 2);
            headings.push(title.trim().to_owned());
        }
        let Some(label) = line.strip_prefix("```") else { continue };
        let block: String = lines.by_ref().take_while(|it| !it.starts_with("```")).collect();
        match label.trim() {
            "python prelude" => prelude = block,
            "python" => {
                let text = if block.starts_with("#- ") { block } else { format!("{prelude}{block}") };
                let name = format!("{document}: {}", headings[1..].join(" / "));
                res.push(Scenario { name, fixture: Fixture::parse(&text) });
            }
            _ => {}
        }
    }
    res
}
