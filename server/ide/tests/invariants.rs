//! The invariants of `docs/architecture.md` that the analysis itself must keep, one test each.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use relmodel_fixture::Fixture;
use relmodel_ide::{AnalysisHost, Change, Document, FileChange, FileChangeKind, Rope, TextEdit, TextRange, rule_infos};

const MODELS: &str = r#"from sqlalchemy import Column, ForeignKey, Integer, Table
from sqlalchemy.orm import backref, declarative_base, relationship

Base = declarative_base()

link = Table("link", Base.metadata, Column("left_id", ForeignKey("parent.id")), Column("right_id", ForeignKey("child.id")))


class Parent(Base):
    __tablename__ = "parent"
    id = Column(Integer, primary_key=True)
    children = relationship("Child", back_populates="parent", cascade="all, delete")
    many = relationship("Child", secondary=link, backref=backref("manies"))

    def name(self):
        return "näme 😀"


class Child(Base):
    __tablename__ = "child"
    id = Column(Integer, primary_key=True)
    parent_id = Column(Integer, ForeignKey("parent.id"))
    parent = relationship("Parent", back_populates="children")


class Pet(Base):
    __tablename__ = "pet"
    id = Column(Integer, primary_key=True)
    owner_id = Column(Integer, ForeignKey("parents.id"))
"#;

/// A host with one open document.
struct Session {
    host: AnalysisHost,
    document: Document,
}

impl Session {
    fn open(text: &str) -> Self {
        let mut host = AnalysisHost::counting();
        host.apply(Change { files: vec![support::opened("models.py", text)], ..Change::default() });
        let document = Document::parse(Rope::from_str(text)).expect("the grammar fits the parser");
        Self { host, document }
    }

    fn edit(&mut self, start: usize, end: usize, replacement: &str) {
        let range = TextRange::new(u32::try_from(start).unwrap(), u32::try_from(end).unwrap());
        let changes = self.document.edit(&[TextEdit { range, replacement: replacement.to_owned() }]);
        let kind = FileChangeKind::Edited { document: self.document.clone(), changes };
        let files = vec![FileChange { path: support::absolute("models.py"), kind }];
        self.host.apply(Change { files, ..Change::default() });
    }

    fn text(&self) -> String {
        self.document.text().to_string()
    }

    /// Everything that the analysis says, as text.
    fn answers(&self) -> String {
        let analysis = self.host.snapshot();
        let file = analysis.file(&support::absolute("models.py")).unwrap();
        let findings = analysis.diagnostics(file).unwrap();
        let inspection = analysis.inspect(&[file]).unwrap();
        format!("{findings:#?}\n{inspection:#?}")
    }
}

/// A small generator of numbers, so that a failing run can be repeated.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % (limit.max(1) as u64)).unwrap()
    }
}

fn char_boundary(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[test]
fn invariant_analysis_never_fails() {
    let mut random = Random(0x2545_F491_4F6C_DD1D);
    let pieces =
        ["class ", "(", ")", "\"", "'''", "relationship", ":", "\n", "    ", "[", "é", "\0", "\\", "f\"{", "@", "😀"];
    for _ in 0..300 {
        let text: String = (0..random.below(60)).map(|_| pieces[random.below(pieces.len())]).collect();
        let session = Session::open(&text);
        session.answers();
        let analysis = session.host.snapshot();
        let file = analysis.file(&support::absolute("models.py")).unwrap();
        for offset in 0..u32::try_from(text.len()).unwrap() + 2 {
            let _ = analysis.definition(file, offset).unwrap();
            let _ = analysis.completion(file, offset).unwrap();
            let _ = analysis.hover(file, offset).unwrap();
        }
    }
}

#[test]
fn invariant_deep_nesting_is_survived() {
    for (open, close) in [("(", ")"), ("[", "]"), ("f(", ")"), ("lambda: ", ""), ("-", "")] {
        let text = format!("x = {}1{}\n", open.repeat(20_000), close.repeat(20_000));
        Session::open(&text).answers();
    }
    let lines: Vec<String> = (0..300).map(|depth| format!("{}class A{depth}:\n", " ".repeat(depth))).collect();
    Session::open(&lines.concat()).answers();
}

#[test]
fn invariant_a_class_that_inherits_from_itself_is_survived() {
    for text in [
        "class A(A):\n    __tablename__ = 'a'\n",
        "class A(B): pass\nclass B(A): pass\n",
        "a = b\nb = a\nclass C(a): pass\n",
    ] {
        Session::open(text).answers();
    }
}

#[test]
fn invariant_facts_have_no_positions() {
    let mut session = Session::open(MODELS);
    session.answers();
    let before = session.host.resolutions();
    // New lines, comments and the bodies of methods move everything and say nothing.
    for (needle, insertion) in [("Base = ", "# a comment\n\n\n"), ("class Child", "\n\n"), ("return ", "pass; ")] {
        let at = session.text().find(needle).unwrap();
        session.edit(at, at, insertion);
        session.answers();
    }
    assert_eq!(session.host.resolutions(), before, "an edit that changes no fact resolves nothing");
    let at = session.text().find("\"Child\"").unwrap() + 1;
    session.edit(at, at, "X");
    session.answers();
    let changed = session.host.resolutions() - before;
    assert!(changed > 0, "an edit of a target resolves it again");
    assert!(changed < before, "but not everything: {changed} of {before}");
}

#[test]
fn invariant_incremental_equals_from_scratch() {
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    let pieces = [
        "\n",
        "    ",
        "\"",
        "(",
        ")",
        "Child",
        ", ",
        "x = relationship(\"Parent\"",
        "class New(Base):\n",
        "#",
        "é",
        "id",
    ];
    for round in 0..40 {
        let mut session = Session::open(MODELS);
        for step in 0..25 {
            let text = session.text();
            let start = char_boundary(&text, random.below(text.len() + 1));
            let end = char_boundary(&text, (start + random.below(8)).min(text.len())).max(start);
            session.edit(start, end, pieces[random.below(pieces.len())]);
            let fresh = Session::open(&session.text());
            assert_eq!(session.answers(), fresh.answers(), "round {round}, step {step}:\n{}", session.text());
        }
    }
}

#[test]
fn invariant_readers_hold_an_immutable_snapshot() {
    let mut session = Session::open(MODELS);
    let snapshot = session.host.snapshot();
    let file = snapshot.file(&support::absolute("models.py")).unwrap();
    let before = snapshot.diagnostics(file).unwrap();
    // The writer waits until readers have let go, so the snapshot moves to another thread and is dropped there.
    let reader = std::thread::spawn(move || {
        let mut answers = 0;
        while let Ok(found) = snapshot.diagnostics(file) {
            assert_eq!(found, before, "a snapshot's answers do not change");
            answers += 1;
            if answers > 1000 {
                break;
            }
        }
    });
    let at = session.text().find("parents.id").unwrap();
    session.edit(at, at + "parents.id".len(), "parent.id");
    reader.join().unwrap();
    let analysis = session.host.snapshot();
    let file = analysis.file(&support::absolute("models.py")).unwrap();
    assert_eq!(analysis.diagnostics(file).unwrap(), [], "the next snapshot speaks of the new text");
}

#[test]
fn invariant_unknown_is_silence() {
    for text in [
        // A base, a target and a table that nobody can tell without running Python.
        "from somewhere import Base, make\nfrom sqlalchemy.orm import relationship\nclass A(Base):\n    __tablename__ = 'a'\n    b = relationship('B', back_populates='nothing')\n",
        "from sqlalchemy import *\nfrom sqlalchemy.orm import *\nimport config\nBase = declarative_base()\nclass A(Base):\n    __tablename__ = config.NAME\n    id = Column(Integer, primary_key=True)\nclass B(Base):\n    __tablename__ = 'b'\n    id = Column(Integer, primary_key=True)\n    a_id = Column(ForeignKey('a.id'))\n",
        "from sqlalchemy import Column, Integer\nfrom sqlalchemy.orm import declarative_base, relationship\nBase = declarative_base()\nclass A(Base):\n    __tablename__ = 'a'\n    id = Column(Integer, primary_key=True)\n    made = relationship('Made')\ndef make(name):\n    return type(name, (Base,), {})\n",
        "from sqlalchemy.orm import relationship\nfrom sqlalchemy.ext.automap import automap_base\nBase = automap_base()\nclass A(Base):\n    __tablename__ = 'a'\n    b = relationship('B')\n",
        "from sqlalchemy import Column, Integer\nfrom sqlalchemy.orm import declarative_base, relationship\nfrom lib import Mixin, options\nBase = declarative_base()\nclass A(Mixin, Base):\n    __tablename__ = 'a'\nclass B(Base):\n    __tablename__ = 'b'\n    id = Column(Integer, primary_key=True)\n    a = relationship(A, **options)\n",
    ] {
        support::check_findings(text, None);
    }
}

#[test]
fn invariant_a_half_typed_line_stays_local() {
    let line = "    extra = relationship(\"Child\", back_populates=\"parent\")\n";
    for anchor in ["    many = ", "    parent = relationship", "class Pet", "\n\nclass Child"] {
        let at = MODELS.find(anchor).unwrap();
        for length in 0..line.len() {
            let text = format!("{}{}\n{}", &MODELS[..at], &line[..length], &MODELS[at..]);
            let session = Session::open(&text);
            let analysis = session.host.snapshot();
            let file = analysis.file(&support::absolute("models.py")).unwrap();
            let typed = at..at + length + 1;
            let elsewhere: Vec<&str> = analysis
                .diagnostics(file)
                .unwrap()
                .iter()
                .filter(|it| !typed.contains(&(it.range.start as usize)))
                .map(|it| it.code)
                .collect();
            assert_eq!(elsewhere, ["fk-unknown-table"], "{text}");
        }
    }
}

#[test]
fn invariant_rules_are_independent() {
    // One fault gives one finding: the misspelt table explains the join that fails.
    let text = MODELS.replace("ForeignKey(\"parent.id\"))\n    parent =", "ForeignKey(\"parnt.id\"))\n    parent =");
    let fixture = Fixture::parse(&text);
    let analysis = support::host_of(&fixture).snapshot();
    let file = analysis.file(&support::absolute("models.py")).unwrap();
    let codes: Vec<&str> = analysis.diagnostics(file).unwrap().iter().map(|it| it.code).collect();
    assert_eq!(codes, ["fk-unknown-table", "fk-unknown-table"]);
    let mut all: Vec<&str> = rule_infos().iter().map(|it| it.code).collect();
    all.dedup();
    assert_eq!(all.len(), rule_infos().len(), "every code stands for one rule");
}
