//! The half-typed law: while one statement is being typed, or has lost a token, all other classes and assignments stay.
//!
//! It owns how a state is judged, and prints the share of intact states beside that of tree-sitter-python. It must not know
//! how the law is kept. The models are those of `tests/models`, or the files that the file `RELMODEL_MODELS` lists, of
//! which then only some places are tried, chosen by chance: `RELMODEL_PLACES` says how many in all, and as many tokens are
//! taken away ten times over.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod report;
mod said;
mod typing;

use std::{
    ops::Range,
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

use report::{Tallies, Tally};
use said::{Owner, Said};
use tree_sitter::{Language, Node, Parser, Tree};
use typing::{Place, TYPED};

const MINIMUM: f64 = 99.0;
const DELETED: &str = "one token deleted";
/// In large files tree-sitter-python judges only every so many of the states: it reads each of them anew.
const THEIRS: usize = 4;
const LARGE: usize = 8_000;

struct Both {
    ours: Parser,
    theirs: Parser,
}

fn parser(language: &Language) -> Parser {
    let mut parser = Parser::new();
    parser.set_language(language).unwrap();
    parser
}

/// Kinds and ranges of all nodes: what has to be equal after edits.
fn shape(tree: &Tree) -> Vec<(u16, usize, usize)> {
    let mut nodes = Vec::new();
    let mut cursor = tree.walk();
    loop {
        let node = cursor.node();
        nodes.push((node.kind_id(), node.start_byte(), node.end_byte()));
        if cursor.goto_first_child() {
            continue;
        }
        while !cursor.goto_next_sibling() {
            if !cursor.goto_parent() {
                return nodes;
            }
        }
    }
}

fn line_around(source: &str, byte: usize) -> &str {
    let start = source[..byte].rfind('\n').map_or(0, |it| it + 1);
    source[start..].lines().next().unwrap_or("")
}

/// What a line begins with, in a few words.
fn kind_of_line(line: &str) -> &'static str {
    let line = line.trim_start();
    let word: String = line.chars().take_while(|it| it.is_alphanumeric() || *it == '_').collect();
    let after = line[word.len()..].trim_start();
    match (word.as_str(), after.chars().next()) {
        ("", None) => "the end",
        ("", Some('@')) => "a decorator",
        ("" | "r" | "f" | "b" | "u", Some('"' | '\'')) => "a string",
        ("", Some('#')) => "a comment",
        ("", Some(')' | ']' | '}')) => "a closing bracket",
        ("", Some(_)) => "a sign",
        ("class", _) => "a class",
        ("def" | "async", _) => "a function",
        (_, Some('=')) => "an assignment",
        (_, Some(':')) => "an annotation or a header",
        (_, Some('(')) => "a call",
        (_, _) => "another word",
    }
}

/// What the text before the cursor ends with, in a few words.
fn kind_of_end(typed: &str) -> String {
    let open: i32 = typed.chars().map(|it| i32::from("([{".contains(it)) - i32::from(")]}".contains(it))).sum();
    let quotes = typed.matches('"').count() % 2 == 1;
    let place = match (open, quotes) {
        (_, true) => "in a string",
        (0, _) => "outside of brackets",
        _ => "in open brackets",
    };
    let last = match typed.chars().next_back() {
        None => "nothing",
        Some(it) if it.is_alphanumeric() => "a word",
        Some(' ') => "a blank",
        Some('\n') => "a newline",
        Some(_) => "a sign",
    };
    format!("{place}, after {last}")
}

/// Judges one state of ours, read anew and read incrementally.
fn judge(tally: &mut Tally, before: &Said, trees: [&Tree; 2], state: (&str, Owner), cause: impl Fn() -> String) {
    let (text, owner) = state;
    let [fresh, incremental] = trees;
    let equal = shape(fresh) == shape(incremental);
    let lost = before.lost(&Said::of(fresh, text, owner));
    tally.fresh.add(lost.is_none());
    let kept = if equal { lost.is_none() } else { before.lost(&Said::of(incremental, text, owner)).is_none() };
    tally.incremental.add(kept);
    if !equal {
        tally.unequal.push(cause());
    }
    if lost.is_some() {
        tally.damaged.entry(cause()).or_insert((0, String::new())).0 += 1;
    }
}

/// Types one statement at one place.
fn type_in(both: &mut Both, source: &str, place: &Place, typed: (&'static str, &str), tallies: &mut Tallies) {
    let Place { offset, indent } = place;
    let (name, statement) = typed;
    let tally = tallies.entry(name).or_default();
    let mut state = format!("{}{indent}\n{}", &source[..*offset], &source[*offset..]);
    let mut cursor = offset + indent.len();
    let mut tree = both.ours.parse(&state, None).unwrap();
    let before = Said::of(&tree, &state, Owner::Class);
    let before_theirs = Said::of(&both.theirs.parse(&state, None).unwrap(), &state, Owner::Class);
    for (step, letter) in statement.chars().enumerate() {
        let piece = if letter == '\n' { format!("\n{indent}") } else { letter.to_string() };
        let old = state.clone();
        state.insert_str(cursor, &piece);
        tree.edit(&typing::replacement(&old, &state, cursor, 0, piece.len()));
        cursor += piece.len();
        tree = both.ours.parse(&state, Some(&tree)).unwrap();
        let fresh = both.ours.parse(&state, None).unwrap();
        let next = state[cursor..].lines().find(|it| !it.trim().is_empty()).unwrap_or("");
        let end: String = statement.chars().take(step + 1).collect();
        let cause = || format!("{}; {} follows", kind_of_end(&end), kind_of_line(next));
        let damaged = tally.fresh.states - tally.fresh.intact;
        judge(tally, &before, [&fresh, &tree], (&state, Owner::Class), cause);
        if tally.fresh.states - tally.fresh.intact > damaged {
            show(tally, &cause(), || format!("{:?} before {next:?}", end.lines().next_back().unwrap_or("")));
        }
        if source.len() < LARGE || step % THEIRS == place.offset % THEIRS {
            let theirs = both.theirs.parse(&state, None).unwrap();
            tally.theirs.add(before_theirs.lost(&Said::of(&theirs, &state, Owner::Class)).is_none());
        }
    }
}

/// Gives a cause an example, if it has none yet.
fn show(tally: &mut Tally, cause: &str, example: impl Fn() -> String) {
    if let Some((_, shown)) = tally.damaged.get_mut(cause).filter(|it| it.1.is_empty()) {
        *shown = example();
    }
}

/// What is said by everything but the statement around the token: its assignments, and the class whose header it is in.
fn said_elsewhere(tree: &Tree, source: &str, token: &Range<usize>) -> (Said, Owner) {
    let around = |node: Node<'_>| {
        let end = node.child_by_field_name("body").filter(|_| node.kind() == "class_definition");
        let end = end.map_or(node.end_byte(), |it| it.start_byte());
        node.start_byte() <= token.start && token.end <= end
    };
    let mut node = tree.root_node().descendant_for_byte_range(token.start, token.end);
    let mut owner = Owner::Class;
    while let Some(it) = node {
        if it.kind() == "class_definition" && around(it) {
            owner = Owner::Nobody;
        }
        node = it.parent();
    }
    (Said::without(tree, source, owner, &around), owner)
}

/// Takes away one token. `wholes` are the trees of the whole source.
fn delete(both: &mut Both, source: &str, wholes: &[Tree; 2], token: &Range<usize>, tallies: &mut Tallies) {
    let state = format!("{}{}", &source[..token.start], &source[token.end..]);
    let tally = tallies.entry(DELETED).or_default();
    let (before, owner) = said_elsewhere(&wholes[0], source, token);
    let fresh = both.ours.parse(&state, None).unwrap();
    let mut tree = wholes[0].clone();
    tree.edit(&typing::replacement(source, &state, token.start, token.len(), 0));
    tree = both.ours.parse(&state, Some(&tree)).unwrap();
    let cause = || format!("a line that begins with {}", kind_of_line(line_around(source, token.start)));
    let damaged = tally.fresh.states - tally.fresh.intact;
    judge(tally, &before, [&fresh, &tree], (&state, owner), cause);
    if tally.fresh.states - tally.fresh.intact > damaged {
        show(tally, &cause(), || format!("{:?} lost {:?}", line_around(source, token.start), &source[token.clone()]));
    }
    if source.len() < LARGE || token.start.is_multiple_of(THEIRS) {
        let (before, owner) = said_elsewhere(&wholes[1], source, token);
        let theirs = both.theirs.parse(&state, None).unwrap();
        tally.theirs.add(before.lost(&Said::of(&theirs, &state, owner)).is_none());
    }
}

struct Model {
    source: String,
    places: Vec<Place>,
    tokens: Vec<Range<usize>>,
}

/// So many of the items, chosen by chance but always the same.
fn sample<T: Clone>(items: &[T], count: usize) -> Vec<T> {
    let mut random: u64 = 0x9E37_79B9_7F4A_7C15;
    let mut chosen: Vec<(u64, T)> = Vec::new();
    for item in items {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        chosen.push((random, item.clone()));
    }
    chosen.sort_by_key(|it| it.0);
    chosen.into_iter().take(count).map(|it| it.1).collect()
}

fn models() -> Vec<Model> {
    let listing = std::env::var("RELMODEL_MODELS").ok();
    let paths: Vec<String> = listing.as_ref().map_or_else(
        || {
            ["blog", "cheatsheet", "shop"]
                .map(|it| format!("{}/tests/models/{it}.py", env!("CARGO_MANIFEST_DIR")))
                .to_vec()
        },
        |it| std::fs::read_to_string(it).unwrap().lines().map(str::to_owned).collect(),
    );
    let count = std::env::var("RELMODEL_PLACES").ok().filter(|_| listing.is_some()).map(|it| it.parse().unwrap());
    let per_file = count.map_or(usize::MAX, |it: usize| it.div_ceil(paths.len()));
    let mut ours = parser(&tree_sitter_relmodel::LANGUAGE.into());
    let mut read = |path: &String| {
        let source = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}"));
        let tree = ours.parse(&source, None).unwrap();
        let places = sample(&typing::places(&tree, &source), per_file);
        let tokens = sample(&typing::tokens(&tree), per_file.saturating_mul(10));
        Model { source, places, tokens }
    };
    paths.iter().map(&mut read).collect()
}

/// A piece of work: a model, and a place in it, or else all the tokens that it loses.
fn work(both: &mut Both, model: &Model, place: Option<&Place>, tallies: &mut Tallies) {
    if let Some(place) = place {
        for typed in TYPED {
            type_in(both, &model.source, place, typed, tallies);
        }
        return;
    }
    let wholes = [both.ours.parse(&model.source, None).unwrap(), both.theirs.parse(&model.source, None).unwrap()];
    for token in &model.tokens {
        delete(both, &model.source, &wholes, token, tallies);
    }
}

#[test]
fn half_typed_statements_harm_nothing_else() {
    let models = models();
    let places = |it: &'_ Model| (0..it.places.len()).map(Some).chain([None]).collect::<Vec<_>>();
    let jobs: Vec<_> = models.iter().flat_map(|it| places(it).into_iter().map(move |place| (it, place))).collect();
    let next = AtomicUsize::new(0);
    let sums = Mutex::new(Tallies::new());
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                let mut both = Both {
                    ours: parser(&tree_sitter_relmodel::LANGUAGE.into()),
                    theirs: parser(&tree_sitter_python::LANGUAGE.into()),
                };
                let mut tallies = Tallies::new();
                while let Some((model, place)) = jobs.get(next.fetch_add(1, Ordering::Relaxed)) {
                    work(&mut both, model, place.map(|it| &model.places[it]), &mut tallies);
                }
                report::merge(&mut sums.lock().unwrap(), tallies);
            });
        }
    });
    let tallies = sums.into_inner().unwrap();
    println!("{} files, {} places", models.len(), models.iter().map(|it| it.places.len()).sum::<usize>());
    let [fresh, incremental] = report::print(&tallies);
    let (states, percent, typed) = (fresh.states, fresh.percent(), incremental.percent());
    println!("{states} states, intact: {percent:.2} % read anew, {typed:.2} % read incrementally");
    let unequal: usize = tallies.values().map(|it| it.unequal.len()).sum();
    assert_eq!(unequal, 0, "states whose incremental tree is not the fresh one");
    assert!(percent >= MINIMUM && typed >= MINIMUM, "{percent:.2} % and {typed:.2} % of the states are intact");
}
