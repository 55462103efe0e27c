//! Incremental equals from scratch: after any edit the tree is that of a fresh parse of the same text.
//!
//! It owns the edits that are tried. `RELMODEL_EDITS` sets how many, `RELMODEL_SEED` repeats a failing run.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use tree_sitter::{InputEdit, Parser, Point, Tree};

const MODELS: [&str; 3] =
    [include_str!("models/blog.py"), include_str!("models/cheatsheet.py"), include_str!("models/shop.py")];

/// What edits put in: what people type, what upsets brackets, strings and indentation, and what is no Python.
const PIECES: [&str; 36] = [
    "\n",
    "\n    ",
    "\n\n",
    " ",
    "    ",
    "\t",
    "\\\n",
    "\r\n",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "\"",
    "'",
    "\"\"\"",
    "f\"{",
    ":",
    "=",
    ",",
    ".",
    "@",
    "#",
    "é",
    "😀",
    "x",
    "1",
    "class Z(Base):",
    "def f(self):",
    "x = relationship(",
    "if x:",
    "return",
    "else:",
    "lambda: ",
    "for x in y:",
];

/// How many edits are made to one text before the next round begins.
const ROUND: usize = 50;

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

fn number(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|it| it.parse().ok()).unwrap_or(default)
}

fn point(text: &str, byte: usize) -> Point {
    let before = &text[..byte];
    let row = before.matches('\n').count();
    let start = before.rfind('\n').map_or(0, |it| it + 1);
    Point::new(row, byte - start)
}

fn boundary(text: &str, mut byte: usize) -> usize {
    while !text.is_char_boundary(byte) {
        byte -= 1;
    }
    byte
}

/// Replaces a range of the text, and tells the tree.
fn edit(text: &mut String, tree: &mut Tree, range: std::ops::Range<usize>, replacement: &str) {
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

#[test]
fn random_edits_give_the_tree_of_a_fresh_parse() {
    let n_edits = usize::try_from(number("RELMODEL_EDITS", 20_000)).unwrap();
    let seed = number("RELMODEL_SEED", 0x2545_F491_4F6C_DD1D);
    let mut random = Random(seed);
    let mut parser = Parser::new();
    parser.set_language(&tree_sitter_relmodel::LANGUAGE.into()).unwrap();
    let mut n_different = 0;
    for round in 0..n_edits.div_ceil(ROUND) {
        let mut text = MODELS[round % MODELS.len()].to_owned();
        let mut tree = parser.parse(&text, None).unwrap();
        for step in 0..ROUND {
            let start = random.below(text.len() + 1);
            let start = boundary(&text, start);
            let end = boundary(&text, (start + random.below(12)).min(text.len())).max(start);
            let piece = if random.below(3) == 0 { "" } else { PIECES[random.below(PIECES.len())] };
            edit(&mut text, &mut tree, start..end, piece);
            tree = parser.parse(&text, Some(&tree)).unwrap();
            let fresh = parser.parse(&text, None).unwrap();
            if shape(&tree) != shape(&fresh) {
                n_different += 1;
                if n_different <= 3 {
                    println!("round {round}, step {step}, {piece:?} at {start}..{end}");
                    println!(
                        "--- around\n{}",
                        &text[boundary(&text, start.saturating_sub(200))
                            ..boundary(&text, (start + 100).min(text.len()))]
                    );
                }
                tree = fresh;
            }
        }
    }
    println!("{n_edits} random edits, {n_different} trees that differ from a fresh parse's (seed {seed})");
    assert_eq!(n_different, 0);
}
