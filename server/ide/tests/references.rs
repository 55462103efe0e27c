//! References and highlights: every place that means the same is drawn as `ref`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::needless_raw_string_hashes)]

mod support;

use relmodel_fixture::Fixture;
use relmodel_ide::{Home, OutsideFile};

/// Checks that what is drawn as `ref` refers to each other: from each of the places, all of them are found. Files whose name
/// begins with `outside` are not held by the analysis.
fn check(text: &str) {
    let fixture = Fixture::parse(text);
    let (outside, inside): (Vec<_>, Vec<_>) = fixture.files.iter().partition(|it| it.path.starts_with("outside"));
    let held = Fixture { files: inside.into_iter().cloned().collect(), cursor: None };
    let analysis = support::host_of(&held).snapshot();
    let outside: Vec<OutsideFile> = outside
        .into_iter()
        .map(|it| OutsideFile {
            path: support::absolute(&it.path),
            text: it.text.clone(),
            search_path: vec!["/ws".to_owned()],
        })
        .collect();
    let mut expected: Vec<(String, u32, u32)> = Vec::new();
    for file in &fixture.files {
        let drawn = file.drawings.iter().filter(|it| it.label == "ref");
        expected.extend(drawn.map(|it| (support::absolute(&file.path), it.start, it.end)));
    }
    expected.sort();
    assert!(!expected.is_empty());
    for (path, start, end) in &expected {
        let Some(id) = analysis.file(path) else { continue };
        for offset in [*start, *end] {
            let found = analysis.references(id, offset, &outside).unwrap();
            let mut found: Vec<(String, u32, u32)> = found
                .iter()
                .map(|it| match it.home {
                    Home::File(file) => (analysis.path(file).to_owned(), it.range.start, it.range.end),
                    Home::Outside(index) => (outside[index].path.clone(), it.range.start, it.range.end),
                })
                .collect();
            found.sort();
            assert_eq!(found, expected, "from {path} at {offset}: {text}");
            let here: Vec<_> = expected.iter().filter(|it| it.0 == *path).map(|it| (it.1, it.2)).collect();
            let marked = analysis.highlights(id, offset).unwrap();
            assert_eq!(marked.iter().map(|it| (it.range.start, it.range.end)).collect::<Vec<_>>(), here, "{text}");
        }
    }
}

#[test]
fn a_relationship_in_strings_queries_keywords_and_outside() {
    check(
        r#"#- models.py
from sqlalchemy import Column, ForeignKey, Integer, select
from sqlalchemy.orm import declarative_base, joinedload, relationship, with_parent
Base = declarative_base()
class Parent(Base):
    __tablename__ = "parent"
    id = Column(Integer, primary_key=True)
    children = relationship("Child", back_populates="parent")
#   ^^^^^^^^ ref
class Child(Base):
    __tablename__ = "child"
    id = Column(Integer, primary_key=True)
    parent_id = Column(Integer, ForeignKey("parent.id"))
    parent = relationship("Parent", back_populates="children")
#                                                   ^^^^^^^^ ref
def load(session):
    p = Parent(children=[])
#              ^^^^^^^^ ref
    p.children.append(1)
#     ^^^^^^^^ ref
    session.query(Parent).options(joinedload("children")).filter_by(children=None)
#                                             ^^^^^^^^ ref
#                                                                   ^^^^^^^^ ref
    return select(Parent).join(Parent.children).where(with_parent(p, Parent.children))
#                                     ^^^^^^^^ ref
#                                                                           ^^^^^^^^ ref
#- outside.py
from models import Parent as P
def use(one: P, other, children):
    return one.children, other.children, children
#              ^^^^^^^^ ref
"#,
    );
}

#[test]
fn a_class_in_strings_annotations_and_imports() {
    check(
        r#"#- shop/base.py
from sqlalchemy.orm import DeclarativeBase
class Base(DeclarativeBase):
    pass
#- shop/child.py
from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship
from .base import Base
class Child(Base):
#     ^^^^^ ref
    __tablename__ = "child"
    id: Mapped[int] = mapped_column(primary_key=True)
    parent_id: Mapped[int] = mapped_column(ForeignKey("parent.id"))
    best: Mapped["Child"] = relationship("shop.child.Child", primaryjoin="foreign(Child.parent_id) == remote(Child.id)")
#                 ^^^^^ ref
#                                                    ^^^^^ ref
#                                                                                 ^^^^^ ref
#                                                                                                            ^^^^^ ref
#- shop/parent.py
from typing import List
from sqlalchemy.orm import Mapped, mapped_column, relationship
from .base import Base
from .child import Child
#                  ^^^^^ ref
class Parent(Base):
    __tablename__ = "parent"
    id: Mapped[int] = mapped_column(primary_key=True)
    children: Mapped[List["Child"]] = relationship()
#                          ^^^^^ ref
    others: Mapped[List[Child]] = relationship("Child", viewonly=True)
#                       ^^^^^ ref
#                                               ^^^^^ ref
"#,
    );
}

#[test]
fn a_column_by_its_attribute_and_by_its_name() {
    check(
        r#"#- models.py
from sqlalchemy import Column, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import declarative_base, relationship, synonym, validates
Base = declarative_base()
class Parent(Base):
    __tablename__ = "parent"
    __table_args__ = (UniqueConstraint("id", "name"), Index("ix", "name"))
#                                             ^^^^ ref
#                                                                  ^^^^ ref
    __mapper_args__ = {"polymorphic_on": "name"}
#                                         ^^^^ ref
    id = Column(Integer, primary_key=True)
    name = Column(String)
#   ^^^^ ref
    label = synonym("name")
#                    ^^^^ ref
    @validates("name")
#               ^^^^ ref
    def check(self, key, value):
        return self.name
#                   ^^^^ ref
class Child(Base):
    __tablename__ = "child"
    id = Column(Integer, primary_key=True)
    parent_name = Column(ForeignKey("parent.name"))
#                                           ^^^^ ref
    parent = relationship("Parent", primaryjoin="Child.parent_name == Parent.name", order_by=lambda: Parent.name)
#                                                                            ^^^^ ref
#                                                                                                           ^^^^ ref
"#,
    );
}

#[test]
fn a_table_and_a_backref() {
    check(
        r#"#- models.py
from sqlalchemy import Column, ForeignKey, Integer, Table
from sqlalchemy.orm import declarative_base, relationship
Base = declarative_base()
links = Table("links", Base.metadata,
#              ^^^^^ ref
    Column("left_id", ForeignKey("left.id")), Column("right_id", ForeignKey("right.id")))
class Left(Base):
    __tablename__ = "left"
    id = Column(Integer, primary_key=True)
    rights = relationship("Right", secondary="links", backref="lefts")
#                                             ^^^^^ ref
class Right(Base):
    __tablename__ = "right"
    id = Column(Integer, primary_key=True)
"#,
    );
    check(
        r#"#- models.py
from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import backref, declarative_base, relationship
Base = declarative_base()
class Left(Base):
    __tablename__ = "left"
    id = Column(Integer, primary_key=True)
    rights = relationship("Right", backref=backref("left", order_by="Left.id"))
#                                                   ^^^^ ref
class Right(Base):
    __tablename__ = "right"
    id = Column(Integer, primary_key=True)
    left_id = Column(ForeignKey("left.id"))
query = Right.left
#             ^^^^ ref
"#,
    );
}

#[test]
fn a_column_of_tables_that_a_loop_makes() {
    check(
        r#"#- models.py
from sqlalchemy import Column, ForeignKey, Integer, Table
from sqlalchemy.orm import declarative_base, relationship
Base = declarative_base()
for name in ("left", "right"):
    links = Table(f"{name}_links", Base.metadata,
        Column("owner_id", ForeignKey(f"{name}.id")), Column("tag_id", ForeignKey("tag.id")))
#               ^^^^^^^^ ref
class Left(Base):
    __tablename__ = "left"
    id = Column(Integer, primary_key=True)
    tags = relationship("Tag", secondary="left_links", primaryjoin="Left.id == left_links.c.owner_id")
#                                                                                           ^^^^^^^^ ref
class Right(Base):
    __tablename__ = "right"
    id = Column(Integer, primary_key=True)
    tags = relationship("Tag", secondary="right_links", primaryjoin="Right.id == right_links.c.owner_id")
#                                                                                              ^^^^^^^^ ref
class Tag(Base):
    __tablename__ = "tag"
    id = Column(Integer, primary_key=True)
"#,
    );
}
