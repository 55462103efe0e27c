//! Incremental equals from scratch: after any edit a document is the one that its text gives by itself.
//!
//! It owns the edits that are tried. `RELMODEL_EDITS` sets how many (100,000 take minutes), `RELMODEL_SEED` repeats a run.
//! The tree without this crate's help is the business of the grammar's own tests.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use relmodel_syntax::{Document, TextEdit, TextRange};
use ropey::Rope;

const MODELS: [&str; 2] = [
    include_str!("../../../tree-sitter-relmodel/tests/models/blog.py"),
    include_str!("../../../tree-sitter-relmodel/tests/models/shop.py"),
];

/// What edits put in: what people type, and what upsets brackets, strings, lines and blocks.
const PIECES: [&str; 28] = [
    "\n",
    "\n    ",
    " ",
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
    "#",
    "é😀",
    "class Z(Base):",
    "def f(self):",
    "x = relationship(",
    "if x:",
    "else:",
    "lambda: ",
];

/// How many edits are made to one text before the next round begins.
const ROUND: u64 = 25;

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

fn edit(random: &mut Random, document: &Document) -> TextEdit {
    let length = document.text().len_bytes();
    let start = random.below(length + 1);
    let end = (start + random.below(12)).min(length);
    let replacement = if random.below(3) == 0 { "" } else { PIECES[random.below(PIECES.len())] };
    let offset = |it: usize| u32::try_from(it).unwrap();
    TextEdit { range: TextRange::new(offset(start), offset(end)), replacement: replacement.to_owned() }
}

/// Edits one text again and again; every document must equal a fresh one.
fn round(random: &mut Random, text: &str) {
    let mut document = Document::parse(Rope::from_str(text)).unwrap();
    for _ in 0..ROUND {
        let edit = edit(random, &document);
        let before = document.text().to_string();
        document.edit(std::slice::from_ref(&edit));
        let fresh = Document::parse(document.text().clone()).unwrap();
        assert!(document == fresh, "{edit:?} in\n{before}");
    }
}

#[test]
fn invariant_incremental_equals_from_scratch() {
    let n_edits = number("RELMODEL_EDITS", 25_000);
    let seed = number("RELMODEL_SEED", 0x2545_F491_4F6C_DD1D);
    let n_threads = 2_u64;
    std::thread::scope(|scope| {
        for thread in 0..n_threads {
            scope.spawn(move || {
                let mut random = Random(seed ^ (thread + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15));
                for round_index in 0..n_edits.div_ceil(ROUND * n_threads) {
                    round(&mut random, MODELS[usize::try_from(round_index).unwrap() % MODELS.len()]);
                }
            });
        }
    });
}
