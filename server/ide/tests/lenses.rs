//! What the lenses of classes count, over the scenarios: each relationship that the model resolved to a mapped class.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use relmodel_fixture::Fixture;
use support::scenarios::scenarios;

#[test]
fn lenses_count_each_relationship() {
    let mut count = 0;
    for scenario in scenarios() {
        let analysis = support::host_of(&scenario.fixture).snapshot();
        let mut told = 0;
        for lens in analysis.files().into_iter().flat_map(|it| analysis.code_lenses(it).unwrap()) {
            let Some((number, _)) = lens.title.split_once(" relationship") else { continue };
            told += number.parse::<usize>().unwrap();
            assert!(!lens.targets.is_empty(), "{}: {lens:?}", scenario.name);
            for (nth, it) in lens.targets.iter().enumerate() {
                assert!(!lens.targets[..nth].contains(it), "{}: one place twice: {lens:?}", scenario.name);
            }
        }
        let inspection = analysis.inspect(&analysis.files()).unwrap();
        let is_mapped = |class: &String| inspection.classes.iter().any(|it| it.class == *class);
        let written = inspection.relationships.iter().filter(|it| !it.from_backref);
        let wanted = written.filter(|it| it.target.as_ref().is_some_and(is_mapped)).count();
        assert_eq!(told, wanted, "{}", scenario.name);
        count += wanted;
    }
    assert!(count > 200, "{count} relationships");
}

#[test]
fn lenses_lead_to_what_is_set_behind_a_class() {
    let text = r#"from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import declarative_base, relationship
Base = declarative_base()
class Parent(Base):
    __tablename__ = "parent"
    id = Column(Integer, primary_key=True)
    children = relationship("Child", back_populates="parent")
class Child(Base):
    __tablename__ = "child"
    id = Column(Integer, primary_key=True)
    parent_id = Column(ForeignKey("parent.id"))
Child.parent = relationship("Parent", back_populates="children")
setattr(Child, "guard", relationship("Parent", viewonly=True))
"#;
    let analysis = support::host_of(&Fixture::parse(text)).snapshot();
    let lenses = analysis.code_lenses(analysis.files()[0]).unwrap();
    let shown = lenses.iter().map(|lens| {
        let lines = lens.targets.iter().map(|it| {
            let line = analysis.text(it.file).byte_to_line(it.focus.start as usize) + 1;
            format!("{} in {line}", &text[it.focus.start as usize..it.focus.end as usize])
        });
        format!("{}: {}", lens.title, lines.collect::<Vec<_>>().join(", "))
    });
    assert_eq!(
        shown.collect::<Vec<_>>(),
        [
            "2 relationships refer to it: parent in 12, guard in 13",
            "other side: Child.parent: parent in 12",
            "1 relationship refers to it: children in 7",
            "other side: Parent.children: children in 7",
        ]
    );
}
