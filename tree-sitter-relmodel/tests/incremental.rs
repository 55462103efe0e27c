//! Incremental equals from scratch: after any edit the tree is that of a fresh parse of the same text.
//!
//! It owns the edits that are tried. `RELMODEL_EDITS` sets how many, `RELMODEL_SEED` and `RELMODEL_ROUND` repeat one round of a
//! failing run, `RELMODEL_SLICES` names a file that lists other files, pieces of which are edited instead of the models.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::{
    ops::Range,
    sync::atomic::{AtomicUsize, Ordering},
};

use tree_sitter::{InputEdit, Parser, Point, Tree};

const MODELS: [&str; 3] =
    [include_str!("models/blog.py"), include_str!("models/cheatsheet.py"), include_str!("models/shop.py")];

/// What edits put in: what people type, what upsets brackets, strings and indentation, and what is no Python.
#[rustfmt::skip]
const PIECES: [&str; 48] = [
    "\n", "\n    ", "\n\n", "\n        ", " ", "    ", "\t", "\x0c", "\\\n", "\r\n", "\r",
    "(", ")", "[", "]", "{", "}", "\"", "'", "\"\"\"", "f\"{", "t'''{", "}}", "!r",
    ":", "=", ",", ".", "@", "#", ";", "é", "😀", "x", "1",
    "class Z(Base):", "def f(self):", "x = relationship(", "if x:", "return", "else:", "lambda: ", "for x in y:",
    "match x:", "case ", "type X = ", "async ", "except ",
];

/// How many edits are made to one text before the next round begins.
const ROUND: usize = 50;
const SLICE_LINES: usize = 120;

/// Xorshift: a run can be repeated from its seed.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % (limit.max(1) as u64)).unwrap()
    }
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|it| it.parse().unwrap_or_else(|_| panic!("{name} is no number: {it}")))
}

fn point(text: &str, byte: usize) -> Point {
    let before = &text[..byte];
    let row = before.matches('\n').count();
    let start = before.rfind('\n').map_or(0, |it| it + 1);
    Point::new(row, byte - start)
}

fn boundary(text: &str, byte: usize) -> usize {
    (0..=byte.min(text.len())).rev().find(|it| text.is_char_boundary(*it)).unwrap_or(0)
}

/// The lines that begin in a place of the text chosen by chance.
fn some_lines(text: &str, random: &mut Random, most: usize) -> Range<usize> {
    let place = boundary(text, random.below(text.len() + 1));
    let start = text[..place].rfind('\n').map_or(0, |it| it + 1);
    let length = text[start..].split_inclusive('\n').take(1 + random.below(most)).map(str::len).sum::<usize>();
    start..start + length
}

/// An edit: which bytes go, and what comes. Mostly a few characters, now and then whole lines.
fn choose(text: &str, random: &mut Random) -> (Range<usize>, String) {
    match random.below(16) {
        0 => (some_lines(text, random, 5), String::new()),
        1 => {
            let copied = some_lines(text, random, 5);
            let place = some_lines(text, random, 1).start;
            (place..place, text[copied].to_owned())
        }
        kind => {
            let start = boundary(text, random.below(text.len() + 1));
            let end = boundary(text, start + random.below(12)).max(start);
            let end = if kind < 6 { start } else { end };
            let piece = if kind > 11 { "" } else { PIECES[random.below(PIECES.len())] };
            (start..end, piece.to_owned())
        }
    }
}

/// Replaces a range of the text, and tells the tree.
fn edit(text: &mut String, tree: &mut Tree, range: Range<usize>, replacement: &str) {
    let start_position = point(text, range.start);
    let old_end_position = point(text, range.end);
    text.replace_range(range.clone(), replacement);
    let new_end_byte = range.start + replacement.len();
    tree.edit(&InputEdit {
        start_byte: range.start,
        old_end_byte: range.end,
        new_end_byte,
        start_position,
        old_end_position,
        new_end_position: point(text, new_end_byte),
    });
}

/// Kinds and byte ranges of all nodes.
fn shape(tree: &Tree) -> Vec<(u16, usize, usize)> {
    let mut res = Vec::new();
    let mut cursor = tree.walk();
    loop {
        let node = cursor.node();
        res.push((node.kind_id(), node.start_byte(), node.end_byte()));
        if cursor.goto_first_child() {
            continue;
        }
        while !cursor.goto_next_sibling() {
            if !cursor.goto_parent() {
                return res;
            }
        }
    }
}

/// The texts whose pieces are edited.
fn texts() -> Vec<String> {
    let Ok(listing) = std::env::var("RELMODEL_SLICES") else {
        return MODELS.map(str::to_owned).to_vec();
    };
    let listing = std::fs::read_to_string(listing).unwrap();
    let texts: Vec<_> = listing.lines().map(|it| std::fs::read_to_string(it).unwrap()).collect();
    assert!(!texts.is_empty(), "RELMODEL_SLICES lists no file");
    texts
}

/// The trees that differed. Where tree-sitter itself has to recover from an error, before and after the edit, it may
/// choose among recoveries by what it reuses; such trees are counted apart.
#[derive(Default)]
struct Differences {
    valid: AtomicUsize,
    recovered: AtomicUsize,
}

fn run_round(texts: &[String], seed: u64, round: usize, parser: &mut Parser, differences: &Differences) {
    let mut random = Random(seed ^ (round as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15));
    let whole = &texts[round % texts.len()];
    let mut text = whole[some_lines(whole, &mut random, SLICE_LINES)].to_owned();
    let mut tree = parser.parse(&text, None).unwrap();
    for step in 0..ROUND {
        let (range, piece) = choose(&text, &mut random);
        let erred = tree.root_node().has_error();
        edit(&mut text, &mut tree, range.clone(), &piece);
        tree = parser.parse(&text, Some(&tree)).unwrap();
        let fresh = parser.parse(&text, None).unwrap();
        if shape(&tree) == shape(&fresh) {
            continue;
        }
        let recovery = erred && tree.root_node().has_error() && fresh.root_node().has_error();
        let counter = if recovery { &differences.recovered } else { &differences.valid };
        let kind = if recovery { "in tree-sitter's recovery" } else { "in a text without an error" };
        if counter.fetch_add(1, Ordering::Relaxed) < 3 {
            let around = boundary(&text, range.start.saturating_sub(300))..boundary(&text, range.start + 200);
            println!("{kind}: seed {seed}, round {round}, step {step}, {piece:?} at {range:?}\n--- around");
            println!("{}\n---", &text[around]);
        }
        tree = fresh;
    }
}

#[test]
fn random_edits_give_the_tree_of_a_fresh_parse() {
    let n_edits = usize::try_from(number("RELMODEL_EDITS").unwrap_or(60_000)).unwrap();
    let seed = number("RELMODEL_SEED").unwrap_or(0x2545_F491_4F6C_DD1D);
    let rounds = number("RELMODEL_ROUND").map_or(0..n_edits.div_ceil(ROUND), |it| {
        let round = usize::try_from(it).unwrap();
        round..round + 1
    });
    let texts = texts();
    let next = AtomicUsize::new(rounds.start);
    let differences = Differences::default();
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                let mut parser = Parser::new();
                parser.set_language(&tree_sitter_relmodel::LANGUAGE.into()).unwrap();
                loop {
                    let round = next.fetch_add(1, Ordering::Relaxed);
                    if round >= rounds.end {
                        break;
                    }
                    run_round(&texts, seed, round, &mut parser, &differences);
                }
            });
        }
    });
    let (valid, recovered) = (differences.valid.into_inner(), differences.recovered.into_inner());
    println!("{} random edits (seed {seed}): {valid} trees differ from a fresh parse's,", rounds.len() * ROUND);
    println!("and {recovered} more do in texts that tree-sitter's own error recovery reads");
    assert_eq!(valid, 0);
    assert!(recovered * 20_000 <= n_edits, "{recovered} trees differ in error recovery");
}
