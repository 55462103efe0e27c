//! What work costs, counted in resolutions instead of time: an edit costs what it touches, a workspace what it holds.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use relmodel_ide::{AnalysisHost, Change, Document, FileChange, FileChangeKind, Rope, TextEdit, TextRange};

const HEAD: &str = "from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import relationship
from base import Base

";

/// A parent and a child that refer to each other, and a child of the neighbours before.
fn family(number: usize) -> String {
    let before = if number == 0 { 1 } else { number - 1 };
    format!(
        "
class Parent{number}(Base):
    __tablename__ = 'parent_{number}'
    id = Column(Integer, primary_key=True)
    children = relationship('Child{number}', back_populates='parent')

class Child{number}(Base):
    __tablename__ = 'child_{number}'
    id = Column(Integer, primary_key=True)
    parent_id = Column(Integer, ForeignKey('parent_{number}.id'))
    cousin_id = Column(Integer, ForeignKey('parent_{before}.id'))
    parent = relationship('Parent{number}', back_populates='children', foreign_keys=parent_id)
    cousin = relationship('Parent{before}', backref='cousins_{number}', foreign_keys=cousin_id)
"
    )
}

/// An analysis whose findings and relationships have all been asked for once.
struct Counted {
    host: AnalysisHost,
}

impl Counted {
    /// A workspace of `n_files` files with so many families each; the last file is open.
    fn of(n_files: usize, n_families: usize) -> Self {
        let base = "from sqlalchemy.orm import declarative_base\nBase = declarative_base()\n";
        let mut files = vec![support::text_change("base.py", base)];
        for number in 0..n_files {
            let families: String = (number * n_families..(number + 1) * n_families).map(family).collect();
            let (path, text) = (path(number), format!("{HEAD}{families}"));
            files.push(if number + 1 == n_files {
                support::opened(&path, &text)
            } else {
                support::text_change(&path, &text)
            });
        }
        let mut host = AnalysisHost::counting();
        host.apply(Change { files, ..Change::default() });
        let res = Self { host };
        res.ask();
        res
    }

    /// Asks for everything. Gives the number of findings.
    fn ask(&self) -> usize {
        let analysis = self.host.snapshot();
        let files = analysis.files();
        analysis.inspect(&files).unwrap();
        files.iter().map(|it| analysis.diagnostics(*it).unwrap().len()).sum()
    }

    /// How many resolutions it takes to replace `old` in a file and to ask for everything again, and how many findings
    /// there are then.
    fn edit(&mut self, number: usize, old: &str, new: &str) -> (u64, usize) {
        let path = support::absolute(&path(number));
        let analysis = self.host.snapshot();
        let text = analysis.text(analysis.file(&path).unwrap());
        drop(analysis);
        let at = text.to_string().find(old).expect("the text to replace is there");
        let mut document = Document::parse(Rope::from_str(&text.to_string())).expect("the grammar fits the parser");
        let range = TextRange::new(u32::try_from(at).unwrap(), u32::try_from(at + old.len()).unwrap());
        let changes = document.edit(&[TextEdit { range, replacement: new.to_owned() }]);
        let before = self.host.resolutions();
        let files = vec![FileChange { path, kind: FileChangeKind::Edited { document, changes } }];
        self.host.apply(Change { files, ..Change::default() });
        let n_findings = self.ask();
        (self.host.resolutions() - before, n_findings)
    }
}

fn path(number: usize) -> String {
    format!("models_{number:04}.py")
}

#[test]
fn an_edit_that_says_nothing_resolves_nothing() {
    let mut counted = Counted::of(30, 2);
    for (old, new) in
        [("\nclass Parent", "\n# a word\n\nclass Parent"), ("Integer, primary_key", "Integer,  primary_key")]
    {
        assert_eq!(counted.edit(29, old, new), (0, 0), "{old:?} → {new:?}");
    }
}

/// What one more file in the workspace adds to the cost of an edit in another file, and to that of the first look, both
/// in resolutions; and how many findings the edit leaves.
fn cost_of_a_neighbour(old: impl Fn(usize) -> String, new: &str) -> (u64, u64, usize) {
    let cost = |n_files: usize| {
        let mut counted = Counted::of(n_files, 2);
        let first = counted.host.resolutions();
        // The last child but one is named by its own parent alone, and by nobody in another file.
        let (edit, n_findings) = counted.edit(n_files - 1, &old(n_files * 2 - 2), new);
        (edit, first, n_findings)
    };
    let (small, large) = (cost(20), cost(120));
    assert_eq!(small.2, large.2, "the findings do not depend on the other files");
    ((large.0 - small.0) / 100, (large.1 - small.1) / 100, large.2)
}

#[test]
fn a_retyped_target_resolves_nothing_elsewhere() {
    let (edit, first, n_findings) =
        cost_of_a_neighbour(|number| format!("relationship('Child{number}'"), "relationship('Chil'");
    assert_eq!(n_findings, 1, "the target is unknown");
    // The eight relationships of each file are looked up again in a table that has changed, and found as before.
    assert!(edit <= 8 && edit < first, "{edit} resolutions in each other file, of {first}");
}

#[test]
fn a_line_typed_in_one_class_checks_no_other_of_the_file() {
    let mut counted = Counted::of(2, 30);
    let before = counted.host.resolutions_of("class_findings");
    // The closed file is kept as a whole.
    assert_eq!(before, 60, "each class of the open file was checked once");
    let (_, n_findings) = counted.edit(1, "relationship('Child45'", "relationship('Chil'");
    assert_eq!(n_findings, 1, "the target is unknown");
    let checked = counted.host.resolutions_of("class_findings") - before;
    // The parent that is edited, and the child whose other side has gone.
    assert!((1..=2).contains(&checked), "{checked} classes were checked again");
}

#[test]
fn a_renamed_class_resolves_nothing_elsewhere() {
    let (edit, first, n_findings) = cost_of_a_neighbour(|number| format!("class Child{number}("), "class Other(");
    assert_eq!(n_findings, 1, "the parent's target is gone");
    // The four classes of each file are looked up again, by name, table, backref and heirs, and found as before.
    assert!(edit <= 4 * 8 && edit < first, "{edit} resolutions in each other file, of {first}");
}

#[test]
fn what_a_workspace_costs_grows_with_what_it_holds() {
    let many_files = |n_files| Counted::of(n_files, 2).host.resolutions();
    let one_file = |n_families| Counted::of(1, n_families).host.resolutions();
    for (what, small, large) in
        [("files", many_files(50), many_files(200)), ("classes of a file", one_file(100), one_file(400))]
    {
        assert!(large < small * 41 / 10, "four times the {what}: {small} and {large} resolutions");
    }
}
