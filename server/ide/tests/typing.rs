//! Every line of the scenarios, typed character by character. A sample of the lines is typed by default,
//! all of them with `RELMODEL_TYPED_LINES=all`, those of some scenarios with a part of their names.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use std::collections::{BTreeMap, BTreeSet};

use relmodel_fixture::Fixture;
use relmodel_ide::{
    AnalysisHost, Change, CompletionItem, Document, FileChange, FileChangeKind, Rope, TextEdit, TextRange,
};

use support::scenarios::{Scenario, scenarios};

/// One line in so many is typed by default.
const STEP: usize = 60;

/// What may appear on other lines while a line is typed: what has been typed of it, and the rule (or any). The program
/// is whole at these states and means something else, so that a fresh start on it says the same.
const EXCUSED: [(&str, &str); 8] = [
    // `from sqlalchemy import Column` is whole before `, Integer` is there, which other lines need.
    ("import ", ""),
    // `return Column` is whole before a bracket makes a call of it, and so is each call before a method of its result is called.
    ("return ", ""),
    // `owner_id: Mapped[int]` is whole, and a column, before its value makes a foreign key of it.
    (": ", "no-foreign-keys"),
    (": ", "no-relevant-fk-columns"),
    // `@reg.mapped` is a decorator of its own before it is `@reg.mapped_as_dataclass`.
    ("@reg.mapped", "dataclass-args-without-dataclass"),
    // The bracket around the line is closed below: a table is whole behind each of its columns, a relationship behind its target.
    ("etadata, Column(\"id\", ", "no-foreign-keys"),
    ("        Country", "no-foreign-keys"),
    // Two backrefs that meet are a fault of both, and the attribute of this one is there from the first. Which of them is told
    // depends on whether this one has its own backref yet.
    ("relationship(", "backref-name-exists"),
];

/// What speaks of something that is missing, or of what stands in its place. It is silent while a value is typed that may be
/// the very thing, since what cannot be told is silence: a foreign key, a primary key or a table's name, the other side of a
/// relationship, what a `secondary` means. Over all lines of all scenarios 125 findings fall silent so.
const SUPPLIED: [&str; 15] = [
    "back-populates-missing",
    "back-populates-not-relationship",
    "backref-and-back-populates",
    "backref-name-exists",
    "fk-unknown-column",
    "fk-unknown-table",
    "no-foreign-keys",
    "no-foreign-keys-secondary",
    "no-primary-key",
    "no-tablename",
    "python-attribute-error",
    "python-name-error",
    "secondary-mapped-class",
    "table-already-defined",
    "unresolved-name",
];

/// Whether a finding elsewhere is excused at a state of a line.
fn is_excused(typed: &str, code: &str) -> bool {
    EXCUSED.iter().any(|(part, rule)| typed.contains(part) && (rule.is_empty() || *rule == code))
}

/// A file that is typed into, among the others of its program.
struct Session {
    host: AnalysisHost,
    document: Document,
    path: String,
    paths: Vec<String>,
}

/// Where a finding stands: file, line, column. What it says may change while it stands there: of the other side that it is
/// missing, then that it is no relationship.
type At = (String, usize, usize);

impl Session {
    fn open(fixture: &Fixture, path: &str, text: &str) -> Self {
        let mut host = support::host_of(fixture);
        host.apply(Change { files: vec![support::opened(path, text)], ..Change::default() });
        let document = Document::parse(Rope::from_str(text)).expect("the grammar fits the parser");
        let paths = fixture.files.iter().map(|it| it.path.clone()).collect();
        Self { host, document, path: path.to_owned(), paths }
    }

    fn insert(&mut self, at: usize, text: &str) {
        let at = u32::try_from(at).unwrap();
        let edit = TextEdit { range: TextRange::new(at, at), replacement: text.to_owned() };
        let changes = self.document.edit(&[edit]);
        let kind = FileChangeKind::Edited { document: self.document.clone(), changes };
        let files = vec![FileChange { path: support::absolute(&self.path), kind }];
        self.host.apply(Change { files, ..Change::default() });
    }

    /// The findings of the program that are not on this line of the file.
    fn elsewhere(&self, line: usize) -> BTreeMap<At, &'static str> {
        let analysis = self.host.snapshot();
        let mut res = BTreeMap::new();
        for path in &self.paths {
            let file = analysis.file(&support::absolute(path)).unwrap();
            let text = analysis.text(file).to_string();
            for it in analysis.diagnostics(file).unwrap() {
                let before = &text[..it.range.start as usize];
                let column = before.len() - before.rfind('\n').map_or(0, |it| it + 1);
                let at = before.matches('\n').count();
                if at != line || *path != self.path {
                    res.insert((path.clone(), at, column), it.code);
                }
            }
        }
        res
    }
}

/// How many lines belong to the block that a line opens: they are typed after it.
fn block_below(lines: &[&str], line: usize) -> usize {
    let indent = |it: &str| it.len() - it.trim_start().len();
    if !lines[line].trim_end().ends_with(':') {
        return 0;
    }
    let below = &lines[line + 1..];
    let is_free = |it: &str| it.trim().is_empty() || it.starts_with('#');
    let belongs = |it: &&&str| is_free(it) || indent(it) > indent(lines[line]);
    below.iter().take_while(belongs).count()
}

/// Types a line, and tells what appears and disappears elsewhere.
fn flickers(fixture: &Fixture, path: &str, text: &str, line: usize) -> Vec<String> {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let start: usize = lines[..line].iter().map(|it| it.len()).sum();
    let content = lines[line].trim_end_matches('\n');
    let without = format!("{}\n{}", &text[..start], lines[line + 1 + block_below(&lines, line)..].concat());
    let mut session = Session::open(fixture, path, &without);
    let before = session.elsewhere(line);
    let mut states: Vec<(&str, BTreeMap<At, &str>)> = Vec::new();
    for (at, character) in content.char_indices() {
        session.insert(start + at, character.encode_utf8(&mut [0; 4]));
        states.push((&content[..at + character.len_utf8()], session.elsewhere(line)));
    }
    let after = states.last().map_or_else(|| before.clone(), |it| it.1.clone());
    let flashed: BTreeMap<&At, &str> = states.iter().flat_map(|it| &it.1).map(|(at, code)| (at, *code)).collect();
    let flashed = flashed.into_iter().filter(|it| !before.contains_key(it.0) && !after.contains_key(it.0));
    let flashed = flashed.map(|(at, code)| (at, code, true));
    let vanished = before.iter().filter(|it| after.contains_key(it.0)).map(|(at, code)| (at, *code, false));
    let told = flashed.chain(vanished).filter_map(|(at, code, appears)| {
        let may_be = |typed: &str| {
            if appears { is_excused(typed, code) } else { SUPPLIED.contains(&code) && typed.contains(['=', '(', '[']) }
        };
        let wrong = states.iter().filter(|(typed, found)| found.contains_key(at) == appears && !may_be(typed));
        let mut wrong = wrong.map(|it| it.0);
        let first = wrong.next()?;
        let last = wrong.next_back().unwrap_or(first);
        let (path, line, column) = at;
        let what = if appears { "appears" } else { "disappears" };
        Some(format!("{code} at {path}:{}:{} {what} from {first:?} to {last:?}", line + 1, column + 1))
    });
    told.collect()
}

/// The lines of a scenario's files that are typed: code, and no drawings.
fn lines_of(scenario: &Scenario) -> Vec<(usize, usize)> {
    let files = scenario.fixture.files.iter().enumerate();
    files
        .flat_map(|(file, it)| {
            let lines = it.text.lines().enumerate();
            let code = lines.filter(|(_, it)| !it.trim_start().is_empty() && !it.trim_start().starts_with('#'));
            code.map(move |(line, _)| (file, line))
        })
        .collect()
}

#[test]
fn invariant_a_half_typed_line_of_the_scenarios_stays_local() {
    let wanted = std::env::var("RELMODEL_TYPED_LINES").unwrap_or_default();
    let mut faults = Vec::new();
    let (mut number, mut typed) = (0, 0);
    for scenario in scenarios() {
        for (file, line) in lines_of(&scenario) {
            number += 1;
            let is_typed = match wanted.as_str() {
                "" => number % STEP == 0,
                "all" => true,
                part => part.parse().map_or_else(|_| scenario.name.contains(part), |step: usize| number % step == 0),
            };
            if !is_typed {
                continue;
            }
            typed += 1;
            let it = &scenario.fixture.files[file];
            for fault in flickers(&scenario.fixture, &it.path, &it.text, line) {
                faults.push(format!("{} {}:{}: {fault}", scenario.name, it.path, line + 1));
            }
        }
    }
    assert!(typed > 0, "none of {number} lines typed");
    assert!(faults.is_empty(), "{} flickers:\n{}", faults.len(), faults.join("\n"));
}

/// A name on a line that completion has to offer while it is typed: where it begins, and the name.
struct Place<'a> {
    start: usize,
    name: &'a str,
}

/// What stands before a string that names something.
const NAMING: [&str; 5] = ["relationship(", "back_populates=", "ForeignKey(", "secondary=", "foreign_key="];

/// What has keywords of its own.
const CALLED: [&str; 3] = ["relationship", "mapped_column", "Column"];

/// What stands before the bracket that is open at the end of a text.
fn call_around(text: &str) -> Option<&str> {
    let mut depth = 0;
    let (at, _) = text.char_indices().rev().find(|(_, it)| {
        depth += i32::from(*it == ')') - i32::from(*it == '(');
        depth < 0
    })?;
    Some(&text[..at])
}

/// The strings of a line that name a thing of the program, and its keywords.
fn places<'a>(line: &'a str, program: &str) -> Vec<Place<'a>> {
    let mut res = Vec::new();
    for (at, quote) in line.char_indices().filter(|it| matches!(it.1, '"' | '\'')) {
        let Some(before) = NAMING.iter().find(|it| line[..at].ends_with(*it)) else { continue };
        let Some(length) = line[at + 1..].find(quote) else { continue };
        let name = &line[at + 1..at + 1 + length];
        let elsewhere = program.replacen(line, "", 1);
        let is_declared = |form: &str| elsewhere.contains(form);
        let is_known = match *before {
            "relationship(" => !name.contains('.') && is_declared(&format!("class {name}(")),
            // What a partial of `relationship` is given is not followed.
            "back_populates=" if !line.contains("elationship(") => false,
            "back_populates=" => is_declared(&format!(" {name} = ")) || is_declared(&format!(" {name}: ")),
            "secondary=" => !name.contains('.') && is_declared(&format!("Table('{name}'")),
            _ => name.split_once('.').is_some_and(|(table, _)| {
                is_declared(&format!("__tablename__ = '{table}'"))
                    || is_declared(&format!("__tablename__ = \"{table}\""))
            }),
        };
        if is_known && !name.is_empty() {
            res.push(Place { start: at + 1, name });
        }
    }
    for (at, _) in line.match_indices('=').filter(|it| !line[..it.0].ends_with(' ')) {
        let start = line[..at].rfind(|it: char| !it.is_alphanumeric() && it != '_').map_or(0, |it| it + 1);
        let is_keyword = CALLED.iter().any(|it| call_around(&line[..start]).is_some_and(|call| call.ends_with(it)));
        if line[..start].ends_with(", ") && at > start && is_keyword {
            res.push(Place { start, name: &line[start..at] });
        }
    }
    res
}

/// Types a line up to a place and then the name there, and tells at which states it is not offered.
fn misses(fixture: &Fixture, path: &str, text: &str, line: usize, place: &Place<'_>) -> Vec<String> {
    let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
    let content = text[start..].lines().next().unwrap_or_default();
    let mut session = Session::open(fixture, path, &format!("{}{}", &text[..start], &text[start + content.len()..]));
    session.insert(start, &content[..place.start]);
    let is_keyword = !content[..place.start].ends_with(['"', '\'']);
    let mut res = Vec::new();
    for typed in 0..place.name.len() {
        let offset = start + place.start + typed;
        if typed > 0 {
            session.insert(offset - 1, &place.name[typed - 1..typed]);
        }
        // Before its first letter any keyword might be meant, and the next line may go on.
        if typed == 0 && is_keyword {
            continue;
        }
        let analysis = session.host.snapshot();
        let file = analysis.file(&support::absolute(path)).unwrap();
        let items = analysis.completion(file, u32::try_from(offset).unwrap()).unwrap();
        let is_it = |it: &CompletionItem| {
            let edited = it.insert.split(['=', '$']).next().unwrap_or_default();
            let before = &content[..place.start + typed];
            let kept = (it.replace.start as usize).checked_sub(start).and_then(|it| before.get(..it));
            kept.is_some_and(|kept| format!("{kept}{edited}") == content[..place.start + place.name.len()])
        };
        if !items.iter().any(is_it) {
            let labels: Vec<&str> = items.iter().take(4).map(|it| it.label.as_str()).collect();
            res.push(format!(
                "{:?} is not offered at {:?}, but {labels:?}",
                place.name,
                &content[..place.start + typed]
            ));
        }
    }
    res
}

#[test]
fn what_is_typed_is_offered() {
    let mut faults = Vec::new();
    let mut typed = 0;
    let mut seen = BTreeSet::new();
    for scenario in scenarios() {
        let files = &scenario.fixture.files;
        let program: String = files.iter().map(|it| it.text.as_str()).collect();
        // What a mistake names is not there.
        if files.iter().any(|it| !it.drawings.is_empty()) {
            continue;
        }
        for (file, line) in lines_of(&scenario) {
            let it = &files[file];
            let content = it.text.lines().nth(line).unwrap_or_default();
            for place in places(content, &program) {
                if !seen.insert(format!("{content}{}", place.start)) {
                    continue;
                }
                typed += 1;
                for fault in misses(&scenario.fixture, &it.path, &it.text, line, &place) {
                    faults.push(format!("{} {}:{}: {fault}", scenario.name, it.path, line + 1));
                }
            }
        }
    }
    assert!(typed > 100, "{typed} names typed");
    assert!(faults.is_empty(), "{} misses at {typed} names:\n{}", faults.len(), faults.join("\n"));
}
