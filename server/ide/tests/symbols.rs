//! The table of `tests/scenarios/navigation.md`: every feature from every place that is drawn there.
//!
//! `def: name` is where something is defined, `ref: name` another place that means it. From each of them definition leads to
//! the first, references find all, highlights those of the file, completion offers it in strings, and a rename changes all that
//! are called so. `use: name` is a variable that holds it: a reference, but not to be renamed.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use relmodel_fixture::Fixture;
use relmodel_ide::{Analysis, Home, SqlAlchemy};

/// A place: file, start and end.
type At = (String, u32, u32);

/// The Python blocks of the table, each under the heading above it.
fn blocks() -> Vec<(String, String)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/scenarios/navigation.md");
    let text = fs::read_to_string(path).expect("the table is there");
    let mut res = Vec::new();
    let mut heading = String::new();
    let mut block: Option<String> = None;
    for line in text.split_inclusive('\n') {
        match (&mut block, line.trim_end()) {
            (None, "```python") => block = Some(String::new()),
            (Some(code), "```") => {
                res.push((heading.clone(), std::mem::take(code)));
                block = None;
            }
            (Some(code), _) => code.push_str(line),
            (None, title) if title.starts_with('#') => title.trim_start_matches(['#', ' ']).clone_into(&mut heading),
            (None, _) => {}
        }
    }
    res
}

/// The places by what they mean, the definition of each first.
fn groups(fixture: &Fixture) -> BTreeMap<String, Vec<At>> {
    let mut res: BTreeMap<String, Vec<(bool, At)>> = BTreeMap::new();
    for file in &fixture.files {
        for it in file.drawings.iter().filter(|it| matches!(it.label.as_str(), "def" | "ref" | "use")) {
            let at = (support::absolute(&file.path), it.start, it.end);
            let name = it.message.clone().expect("a drawing says what it means");
            res.entry(name).or_default().push((it.label != "def", at));
        }
    }
    res.into_iter()
        .map(|(name, mut places)| {
            places.sort();
            assert!(!places[0].0, "{name} is defined nowhere");
            (name, places.into_iter().map(|it| it.1).collect())
        })
        .collect()
}

fn sorted(mut places: Vec<At>) -> Vec<At> {
    places.sort();
    places
}

/// Checks every feature at one place.
fn check(analysis: &Analysis, at: &At, places: &[At], what: &str) {
    let file = analysis.file(&at.0).unwrap();
    for offset in [at.1, at.2] {
        let found = analysis.definition(file, offset).unwrap().unwrap_or_else(|| panic!("no definition: {what}"));
        assert_eq!((found.origin.start, found.origin.end), (at.1, at.2), "origin: {what}");
        let targets: Vec<At> =
            found.targets.iter().map(|it| (analysis.path(it.file).to_owned(), it.focus.start, it.focus.end)).collect();
        assert_eq!(targets, [places[0].clone()], "definition: {what}");
        let found = analysis.references(file, offset, &[]).unwrap();
        let all = found.iter().map(|it| match it.home {
            Home::File(file) => (analysis.path(file).to_owned(), it.range.start, it.range.end),
            Home::Outside(_) => panic!("nothing is outside"),
        });
        assert_eq!(sorted(all.collect()), sorted(places.to_vec()), "references: {what}");
        let marked = analysis.highlights(file, offset).unwrap();
        let marked: Vec<At> = marked.iter().map(|it| (at.0.clone(), it.range.start, it.range.end)).collect();
        let here = places.iter().filter(|it| it.0 == at.0).cloned().collect();
        assert_eq!(sorted(marked), sorted(here), "highlights: {what}");
        assert!(analysis.hover(file, offset).unwrap().is_some(), "hover: {what}");
        let renamable = analysis.renamable(file, offset).unwrap().unwrap_or_else(|| panic!("prepare: {what}"));
        let renamable = renamable.unwrap_or_else(|refusal| panic!("{refusal}: {what}"));
        assert_eq!((renamable.range.start, renamable.range.end), (at.1, at.2), "prepare: {what}");
        let rename = analysis.rename(file, offset, "fresh_name", &[]).unwrap().unwrap().unwrap();
        assert!(rename.files.iter().map(|it| it.1.len()).sum::<usize>() > 0, "rename: {what}");
    }
    if *at != places[0] {
        check_offered(analysis, at, what);
    }
}

/// Checks that a name in a string is offered behind its first letter, alone or as a part of a path.
fn check_offered(analysis: &Analysis, at: &At, what: &str) {
    let file = analysis.file(&at.0).unwrap();
    let text = analysis.text(file).to_string();
    let (start, end) = (at.1 as usize, at.2 as usize);
    let line = text[..start].rfind('\n').map_or(0, |it| it + 1);
    let before = &text[line..start];
    let is_in_string = before.matches(['"', '\'']).count() % 2 == 1;
    // What a relationship overlaps is told from the model, whatever stands there.
    if !is_in_string || before.contains("overlaps=") {
        return;
    }
    let offered = analysis.completion(file, at.1 + 1).unwrap();
    let is_offered = offered.iter().any(|it| it.label.split('.').any(|part| part == &text[start..end]));
    assert!(is_offered, "completion: {what}");
}

#[test]
fn every_feature_answers_from_every_place() {
    let mut n_places = 0;
    for (heading, text) in blocks() {
        let fixture = Fixture::parse(&text);
        let sqlalchemy = if heading.contains("1.4") { SqlAlchemy::V1_4 } else { SqlAlchemy::V2_0 };
        let analysis = support::host_with(&fixture, sqlalchemy).snapshot();
        let groups = groups(&fixture);
        assert!(!groups.is_empty(), "nothing is drawn under {heading}");
        for (name, places) in groups {
            let is_variable = |at: &&At| {
                let file = fixture.files.iter().find(|it| support::absolute(&it.path) == at.0).unwrap();
                file.drawings.iter().any(|it| it.label == "use" && it.start == at.1)
            };
            for at in places.iter().filter(|it| !is_variable(it)) {
                check(&analysis, at, &places, &format!("{heading}: {name} at {} in {}", at.1, at.0));
                n_places += 1;
            }
        }
    }
    assert!(n_places >= 60, "{n_places} places");
}
