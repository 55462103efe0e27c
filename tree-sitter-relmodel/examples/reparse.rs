//! Reparses after every character of a statement that is typed into a large file, paired with tree-sitter-python.
//!
//! `cargo run --release --example reparse -- 103000 1000000` makes model files of these sizes in bytes, types the
//! statements of the half-typed law at a few places of each, and prints the times of a reparse in milliseconds.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::{
    fmt::Write as _,
    time::{Duration, Instant},
};

use tree_sitter::{InputEdit, Parser, Point, Tree};

mod common;

const PLACES: usize = 4;

const TYPED: [&str; 6] = [
    "x = relationship(\"Y\", back_populates=\"z\")",
    "x: Mapped[List[\"Y\"]] = relationship(back_populates=\"z\")",
    "x = Column(Integer, ForeignKey(\"t.id\"), nullable=False)",
    "t = Table(\n    \"t\",\n    Base.metadata,\n    Column(\"a\", ForeignKey(\"b.id\")),\n)",
    "class Z(Base):\n    x = Column(Integer)",
    "@validates(\"x\")\ndef f(self, key, value):\n    return value",
];

/// A line of each class of the file, before which the statements are typed.
const PLACE: &str = "    name = Column";

fn models(size: usize) -> String {
    let mut text = "from sqlalchemy import Column, ForeignKey, Integer, String\n\n".to_owned();
    let mut index = 0;
    while text.len() < size {
        let _ = write!(
            text,
            r#"
class Model{index}(Base):
    """The model number {index} of this file."""

    __tablename__ = "model_{index}"

    id = Column(Integer, primary_key=True)
    name = Column(String(50), nullable=False, default="x")
    parent_id = Column(Integer, ForeignKey("model_{index}.id"))
    parent = relationship("Model{index}", back_populates="children", remote_side=[id])
    children = relationship("Model{index}", back_populates="parent", cascade="all, delete-orphan")

    def describe(self, depth=0):
        if depth > 3:
            return self.name
        return f"{{self.name}}: " + ", ".join(it.describe(depth + 1) for it in self.children)
"#
        );
        index += 1;
    }
    text
}

fn point(text: &str, byte: usize) -> Point {
    let row = text[..byte].matches('\n').count();
    Point::new(row, byte - text[..byte].rfind('\n').map_or(0, |it| it + 1))
}

fn insertion(text: &str, start: usize, length: usize) -> InputEdit {
    let position = point(text, start);
    InputEdit {
        start_byte: start,
        old_end_byte: start,
        new_end_byte: start + length,
        start_position: position,
        old_end_position: position,
        new_end_position: point(text, start + length),
    }
}

fn reparse(parser: &mut Parser, tree: &mut Tree, text: &str, edit: &InputEdit) -> Duration {
    let start = Instant::now();
    tree.edit(edit);
    let parsed = parser.parse(text, Some(tree)).expect("nothing stops the parser");
    let elapsed = start.elapsed();
    *tree = parsed;
    elapsed
}

/// Types one statement at one place, and takes the time of every reparse with both.
fn type_in(parsers: &mut [Parser; 2], file: &str, place: usize, typed: &str, times: &mut [Vec<Duration>; 2]) {
    let mut text = format!("{}    \n{}", &file[..place], &file[place..]);
    let mut cursor = place + 4;
    let [mut ours, mut theirs] = parsers.each_mut().map(|it| it.parse(&text, None).expect("nothing stops the parser"));
    for letter in typed.chars() {
        let piece = if letter == '\n' { "\n    ".to_owned() } else { letter.to_string() };
        text.insert_str(cursor, &piece);
        let edit = insertion(&text, cursor, piece.len());
        cursor += piece.len();
        times[0].push(reparse(&mut parsers[0], &mut ours, &text, &edit));
        times[1].push(reparse(&mut parsers[1], &mut theirs, &text, &edit));
    }
}

fn report(name: &str, times: &mut [Duration]) {
    times.sort_unstable();
    let at = |percent: usize| times[(times.len() - 1) * percent / 100].as_secs_f64() * 1e3;
    println!("{name:20} p50 {:8.3}  p99 {:8.3}  max {:8.3} ms", at(50), at(99), at(100));
}

fn main() {
    let mut parsers =
        [common::parser(&tree_sitter_relmodel::LANGUAGE.into()), common::parser(&tree_sitter_python::LANGUAGE.into())];
    for size in std::env::args().skip(1).map(|it| it.parse().expect("a size in bytes")) {
        let file = models(size);
        let places: Vec<usize> = file.match_indices(PLACE).map(|(place, _)| place).collect();
        let mut times = [Vec::new(), Vec::new()];
        for part in 1..=PLACES {
            let place = places[places.len() * part / (PLACES + 1)];
            for typed in TYPED {
                type_in(&mut parsers, &file, place, typed, &mut times);
            }
        }
        println!("{} bytes, {} states", file.len(), times[0].len());
        let [ours, theirs] = &mut times;
        report("tree-sitter-relmodel", ours);
        report("tree-sitter-python", theirs);
    }
}
