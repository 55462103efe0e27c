//! Models to rename in, and what a rename changes in them.

use expect_test::Expect;
use relmodel_fixture::Fixture;
use relmodel_ide::{Home, Purpose};

pub(crate) const HEAD: &str = r"from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.orm import backref, declarative_base, relationship
Base = declarative_base()
";

/// Renames what stands at the cursor, and checks the lines that change; `?` marks those of doubtful edits.
pub(crate) fn check(text: &str, new: &str, expect: &Expect) {
    let fixture = Fixture::parse(&format!("{HEAD}{text}"));
    let analysis = super::host_of(&fixture).snapshot();
    let (file, offset) = fixture.cursor.expect("the fixture has a cursor");
    let id = analysis.file(&super::absolute(&fixture.files[file].path)).unwrap();
    let answer = match analysis.rename(id, offset, new, &[]).unwrap() {
        None => "nothing to rename\n".to_owned(),
        Some(Err(reason)) => format!("refused: {reason}\n"),
        Some(Ok(rename)) => {
            let mut lines = String::new();
            for (home, edits) in &rename.files {
                let Home::File(file) = home else { continue };
                let before = analysis.text(*file).to_string();
                let mut after = before.clone();
                for it in edits.iter().rev() {
                    let mark = if it.purpose == Purpose::Doubtful { "?" } else { "" };
                    let range = it.edit.range.start as usize..it.edit.range.end as usize;
                    after.replace_range(range, &format!("{mark}{}", it.edit.replacement));
                }
                let old: Vec<&str> = before.lines().collect();
                for line in after.lines().filter(|it| !old.contains(it)) {
                    lines.push_str(line.trim());
                    lines.push('\n');
                }
            }
            lines
        }
    };
    expect.assert_eq(&answer);
}

pub(crate) const MODELS: &str = r#"class Parent(Base):
    __tablename__ = "parent"
    id = Column(Integer, primary_key=True)
    name = Column(String)
    children = relationship("Child", back_populates="parent", order_by="Child.id")
class Child(Base):
    __tablename__ = "child"
    id = Column(Integer, primary_key=True)
    parent_id = Column(ForeignKey("parent.id"))
    parent = relationship("Parent", back_populates="children")
def load(session, other):
    other.children.clear()
    return session.query(Parent).filter_by(name="x").filter(Parent.children.any(Child.id == 1))
"#;
