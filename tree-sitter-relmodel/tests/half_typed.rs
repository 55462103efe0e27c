//! The half-typed law: while one statement is being typed, or has lost a token, all other classes and assignments stay.
//!
//! It owns the states that are tried and what counts as intact, and prints the share of intact states beside that of
//! tree-sitter-python. `RELMODEL_MODELS` names a folder with more model files. It must not know how the law is kept.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::{collections::BTreeMap, fmt::Write as _, path::PathBuf};

use tree_sitter::{InputEdit, Language, Node, Parser, Point, Tree};

const MINIMUM: f64 = 99.0;

/// What is typed, one character after the other; a newline is followed by the place's own indentation.
const TYPED: [(&str, &str); 6] = [
    ("relationship", "x = relationship(\"Y\", back_populates=\"z\")"),
    ("mapped", "x: Mapped[List[\"Y\"]] = relationship(back_populates=\"z\")"),
    ("column", "x = Column(Integer, ForeignKey(\"t.id\"), nullable=False)"),
    ("table", "t = Table(\n    \"t\",\n    Base.metadata,\n    Column(\"a\", ForeignKey(\"b.id\")),\n)"),
    ("class", "class Z(Base):\n    x = Column(Integer)"),
    ("method", "@validates(\"x\")\ndef f(self, key, value):\n    return value"),
];

/// What a file says: each class and each assignment with how often it is said. A class is its header, an assignment
/// its text and the class around it.
type Said = BTreeMap<String, usize>;

fn text<'a>(node: Node<'_>, source: &'a str) -> &'a str {
    &source[node.byte_range()]
}

fn collect(node: Node<'_>, class: &str, source: &str, said: &mut Said, skipped: &dyn Fn(Node<'_>) -> bool) {
    let mut inner = class;
    match node.kind() {
        "class_definition" if node.is_named() => {
            inner = node.child_by_field_name("name").map_or("", |it| text(it, source));
            let bases = node.child_by_field_name("superclasses").map_or("", |it| text(it, source));
            if !skipped(node) {
                *said.entry(format!("class {inner}{bases}")).or_default() += 1;
            }
        }
        "assignment" if !skipped(node) => {
            *said.entry(format!("{class}: {}", text(node, source))).or_default() += 1;
        }
        _ => {}
    }
    let mut cursor = node.walk();
    for child in node.named_children(&mut cursor) {
        collect(child, inner, source, said, skipped);
    }
}

fn said(tree: &Tree, source: &str) -> Said {
    let mut said = Said::new();
    collect(tree.root_node(), "", source, &mut said, &|_| false);
    said
}

/// Whether everything in `before` is still said in `after`.
fn intact(before: &Said, after: &Said) -> bool {
    before.iter().all(|(what, count)| after.get(what).is_some_and(|it| it >= count))
}

fn parser(language: Language) -> Parser {
    let mut parser = Parser::new();
    parser.set_language(&language).unwrap();
    parser
}

#[derive(Default)]
struct Tally {
    states: usize,
    intact: usize,
    damaged: Vec<String>,
}

impl Tally {
    fn add(&mut self, intact: bool, state: impl Fn() -> String) {
        self.states += 1;
        if intact {
            self.intact += 1;
        } else {
            self.damaged.push(state());
        }
    }

    #[allow(clippy::cast_precision_loss)]
    fn percent(&self) -> f64 {
        100.0 * self.intact as f64 / self.states as f64
    }
}

struct Both {
    ours: Parser,
    theirs: Parser,
}

/// The byte offsets of lines in class bodies before which a statement can begin, with their indentation.
fn places(tree: &Tree, source: &str) -> Vec<(usize, String)> {
    let mut places = Vec::new();
    let mut stack = vec![tree.root_node()];
    while let Some(node) = stack.pop() {
        let mut cursor = node.walk();
        if node.kind() == "class_definition"
            && let Some(body) = node.child_by_field_name("body")
        {
            let mut inner = body.walk();
            let mut last = None;
            for child in body.named_children(&mut inner).filter(|it| !it.is_extra()) {
                let start = child.start_byte() - child.start_position().column;
                if source[start..child.start_byte()].trim().is_empty() {
                    places.push((start, source[start..child.start_byte()].to_owned()));
                    last = Some((child.end_byte(), places.len() - 1));
                }
            }
            // And after the last statement of the body.
            if let Some((end, index)) = last
                && let Some(line) = source[end..].find('\n')
            {
                places.push((end + line + 1, places[index].1.clone()));
            }
        }
        stack.extend(node.named_children(&mut cursor));
    }
    places
}

fn point(source: &str, byte: usize) -> Point {
    let row = source[..byte].matches('\n').count();
    Point::new(row, byte - source[..byte].rfind('\n').map_or(0, |it| it + 1))
}

fn insertion(source: &str, start: usize, length: usize) -> InputEdit {
    InputEdit {
        start_byte: start,
        old_end_byte: start,
        new_end_byte: start + length,
        start_position: point(source, start),
        old_end_position: point(source, start),
        new_end_position: point(source, start + length),
    }
}

/// The tree with the ranges of all its nodes: what has to be equal after edits.
fn drawn(tree: &Tree) -> String {
    let mut drawing = String::new();
    let mut cursor = tree.walk();
    loop {
        let node = cursor.node();
        let _ = write!(drawing, "({} {}-{}", node.kind(), node.start_byte(), node.end_byte());
        if cursor.goto_first_child() || cursor.goto_next_sibling() {
            continue;
        }
        while cursor.goto_parent() {
            drawing.push(')');
            if cursor.goto_next_sibling() {
                break;
            }
        }
        if cursor.node() == tree.root_node() {
            return drawing;
        }
    }
}

/// Types one statement at one place. Returns the number of states whose incremental tree is not the fresh one.
fn type_in(both: &mut Both, source: &str, place: &(usize, String), typed: &str, tallies: &mut [Tally; 2]) -> usize {
    let (offset, indent) = place;
    let mut state = format!("{}{indent}\n{}", &source[..*offset], &source[*offset..]);
    let mut cursor = offset + indent.len();
    let before = [
        said(&both.ours.parse(&state, None).unwrap(), &state),
        said(&both.theirs.parse(&state, None).unwrap(), &state),
    ];
    let mut tree = both.ours.parse(&state, None).unwrap();
    let mut unequal = 0;
    for letter in typed.chars() {
        let piece = if letter == '\n' { format!("\n{indent}") } else { letter.to_string() };
        state.insert_str(cursor, &piece);
        tree.edit(&insertion(&state, cursor, piece.len()));
        cursor += piece.len();
        tree = both.ours.parse(&state, Some(&tree)).unwrap();
        let fresh = both.ours.parse(&state, None).unwrap();
        unequal += usize::from(drawn(&tree) != drawn(&fresh));
        let theirs = both.theirs.parse(&state, None).unwrap();
        let line = || {
            let start = state[..cursor].rfind('\n').map_or(0, |it| it + 1);
            let next = state[cursor..].lines().find(|it| !it.trim().is_empty()).unwrap_or("");
            format!("{:?} before {next:?}", &state[start..cursor])
        };
        tallies[0].add(intact(&before[0], &said(&fresh, &state)), line);
        tallies[1].add(intact(&before[1], &said(&theirs, &state)), line);
    }
    unequal
}

/// The tokens of a tree as byte ranges; a string counts as one.
fn tokens(tree: &Tree) -> Vec<std::ops::Range<usize>> {
    let mut tokens = Vec::new();
    let mut stack = vec![tree.root_node()];
    while let Some(node) = stack.pop() {
        if node.kind() == "comment" || node.start_byte() == node.end_byte() {
            continue;
        }
        if node.child_count() == 0 || node.kind() == "string" {
            tokens.push(node.byte_range());
            continue;
        }
        let mut cursor = node.walk();
        stack.extend(node.children(&mut cursor));
    }
    tokens
}

/// What is said by everything but the statement around the token: its assignments, and the class whose header it is in.
fn said_elsewhere(tree: &Tree, source: &str, token: &std::ops::Range<usize>) -> (Said, bool) {
    let around = |node: Node<'_>| {
        let end = node.child_by_field_name("body").filter(|_| node.kind() == "class_definition");
        let end = end.map_or(node.end_byte(), |it| it.start_byte());
        node.start_byte() <= token.start && token.end <= end
    };
    let mut said = Said::new();
    collect(tree.root_node(), "", source, &mut said, &around);
    let mut node = tree.root_node().descendant_for_byte_range(token.start, token.end);
    let mut in_header = false;
    while let Some(it) = node {
        in_header |= it.kind() == "class_definition" && around(it);
        node = it.parent();
    }
    (said, in_header)
}

/// Without the class around each assignment: for states in which a class header is being changed.
fn without_classes(said: &Said) -> Said {
    let mut plain = Said::new();
    for (what, count) in said {
        let what = what.split_once(": ").filter(|_| !what.starts_with("class ")).map_or(what.as_str(), |it| it.1);
        *plain.entry(what.to_owned()).or_default() += count;
    }
    plain
}

fn delete(both: &mut Both, source: &str, tallies: &mut [Tally; 2]) {
    let tree = both.ours.parse(source, None).unwrap();
    for token in tokens(&tree) {
        let state = format!("{}{}", &source[..token.start], &source[token.end..]);
        for (parser, tally) in [&mut both.ours, &mut both.theirs].into_iter().zip(tallies.iter_mut()) {
            let whole = parser.parse(source, None).unwrap();
            let (mut before, in_header) = said_elsewhere(&whole, source, &token);
            let mut after = said(&parser.parse(&state, None).unwrap(), &state);
            if in_header {
                (before, after) = (without_classes(&before), without_classes(&after));
            }
            let line = || {
                let start = source[..token.start].rfind('\n').map_or(0, |it| it + 1);
                format!("{:?} lost {:?}", source[start..].lines().next().unwrap_or(""), &source[token.clone()])
            };
            tally.add(intact(&before, &after), line);
        }
    }
}

fn models() -> Vec<PathBuf> {
    let pinned = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/models").to_owned();
    let mut files = Vec::new();
    for folder in [Some(pinned), std::env::var("RELMODEL_MODELS").ok()].into_iter().flatten() {
        files.extend(std::fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()));
    }
    files.retain(|it| it.extension().is_some_and(|it| it == "py"));
    files.sort();
    files
}

#[test]
fn half_typed_statements_harm_nothing_else() {
    let mut both = Both {
        ours: parser(tree_sitter_relmodel::LANGUAGE.into()),
        theirs: parser(tree_sitter_python::LANGUAGE.into()),
    };
    let mut tallies: BTreeMap<&str, [Tally; 2]> = BTreeMap::new();
    let mut unequal = 0;
    for path in models() {
        let source = std::fs::read_to_string(&path).unwrap();
        let tree = both.ours.parse(&source, None).unwrap();
        for place in places(&tree, &source) {
            for (name, typed) in TYPED {
                unequal += type_in(&mut both, &source, &place, typed, tallies.entry(name).or_default());
            }
        }
        delete(&mut both, &source, tallies.entry("one token deleted").or_default());
    }
    report(&tallies);
    assert_eq!(unequal, 0, "states whose incremental tree is not the fresh one");
    let (mut states, mut kept) = (0, 0);
    for [ours, _] in tallies.values() {
        states += ours.states;
        kept += ours.intact;
    }
    #[allow(clippy::cast_precision_loss)]
    let percent = 100.0 * kept as f64 / states as f64;
    println!("{states} states, {percent:.2} % intact");
    assert!(percent >= MINIMUM, "{percent:.2} % of the states are intact");
}

fn report(tallies: &BTreeMap<&str, [Tally; 2]>) {
    println!("{:20} {:>8} {:>10} {:>10}", "typed", "states", "relmodel", "python");
    for (name, [ours, theirs]) in tallies {
        println!("{name:20} {:8} {:9.2}% {:9.2}%", ours.states, ours.percent(), theirs.percent());
    }
    for (name, [ours, _]) in tallies {
        let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
        for state in &ours.damaged {
            *kinds.entry(state).or_default() += 1;
        }
        for (state, count) in kinds.iter().take(40) {
            println!("  {name}: {count} x {state}");
        }
    }
}
