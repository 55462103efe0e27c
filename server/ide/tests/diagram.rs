//! The diagram: what it shows of each kind of link, and that a drawing can be read whatever its size.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::needless_raw_string_hashes)]

mod support;

use std::fmt::Write as _;

use expect_test::{Expect, expect};
use relmodel_fixture::Fixture;
use relmodel_ide::{Around, Diagram, DiagramFormat};

fn diagram_of(text: &str) -> Diagram {
    let analysis = support::host_of(&Fixture::parse(text)).snapshot();
    analysis.diagram(&analysis.files()).unwrap()
}

fn check(text: &str, format: DiagramFormat, expect: &Expect) {
    expect.assert_eq(&diagram_of(text).render(format));
}

/// One of each: self-referential, joined inheritance, one-to-one, one-to-many, many-to-many, a schema, a foreign key
/// that no relationship goes along, a column that may be null.
const LIBRARY: &str = r#"from sqlalchemy import Column, ForeignKey, String, Table
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
class Base(DeclarativeBase):
    pass
tagging = Table("tagging", Base.metadata, Column("post_id", ForeignKey("blog.post.id"), primary_key=True),
    Column("tag_id", ForeignKey("tag.id"), primary_key=True))
class Person(Base):
    __tablename__ = "person"
    id: Mapped[int] = mapped_column(primary_key=True)
    manager_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    manager: Mapped["Person"] = relationship(remote_side=[id], back_populates="reports")
    reports: Mapped[list["Person"]] = relationship(back_populates="manager")
    posts: Mapped[list["Post"]] = relationship(back_populates="author", foreign_keys="Post.author_id")
    profile: Mapped["Profile"] = relationship(back_populates="person", uselist=False)
class Author(Person):
    __tablename__ = "author"
    id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
class Profile(Base):
    __tablename__ = "profile"
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    person: Mapped["Person"] = relationship(back_populates="profile")
class Post(Base):
    __tablename__ = "post"
    __table_args__ = {"schema": "blog"}
    id: Mapped[int] = mapped_column(primary_key=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    reviewer_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    author: Mapped["Person"] = relationship(back_populates="posts", foreign_keys=[author_id])
    tags: Mapped[list["Tag"]] = relationship(secondary=tagging, back_populates="posts")
class Tag(Base):
    __tablename__ = "tag"
    id: Mapped[int] = mapped_column(primary_key=True)
    posts: Mapped[list["Post"]] = relationship(secondary=tagging, back_populates="tags")
"#;

/// `count` classes, each of which refers to one or two before it; the first is referred to by every tenth.
fn many(count: usize) -> String {
    let mut res = String::from(
        "from sqlalchemy import ForeignKey\nfrom sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship\n\
         class Base(DeclarativeBase):\n    pass\n",
    );
    for number in 0..count {
        let _ = write!(
            res,
            "class C{number}(Base):\n    __tablename__ = \"c{number}\"\n    id: Mapped[int] = mapped_column(primary_key=True)\n"
        );
        let mut targets = vec![number / 2, number * 2 / 3];
        if number % 10 == 0 {
            targets.push(0);
        }
        targets.sort_unstable();
        targets.dedup();
        for target in targets.into_iter().filter(|it| *it < number) {
            let _ = write!(
                res,
                "    c{target}_id: Mapped[int] = mapped_column(ForeignKey(\"c{target}.id\"))\n    \
                 c{target}: Mapped[\"C{target}\"] = relationship()\n"
            );
        }
    }
    res
}

/// The value of an attribute of an element of SVG.
fn attribute(element: &str, name: &str) -> f64 {
    let rest = element.split(&format!(" {name}=\"")).nth(1).unwrap();
    rest.split('"').next().unwrap().parse().unwrap()
}

/// A box: left, top, right, bottom.
fn boxes(svg: &str) -> Vec<[f64; 4]> {
    svg.lines()
        .filter(|it| it.starts_with("<rect class=\"box\""))
        .map(|it| {
            let (x, y) = (attribute(it, "x"), attribute(it, "y"));
            [x, y, x + attribute(it, "width"), y + attribute(it, "height")]
        })
        .collect()
}

/// The first and the last point of each line.
fn ends(svg: &str) -> Vec<[(f64, f64); 2]> {
    let point = |text: &str| {
        let (x, y) = text.split_once(' ').unwrap();
        (x.parse().unwrap(), y.parse().unwrap())
    };
    svg.lines()
        .filter(|it| it.starts_with("<path class=\"link"))
        .map(|it| {
            let path = it.split(" d=\"M").nth(1).unwrap().split('"').next().unwrap();
            let points: Vec<_> = path.split('L').map(point).collect();
            [points[0], *points.last().unwrap()]
        })
        .collect()
}

/// Checks that no two boxes lie over each other, that each line begins and ends at a box, and that all is within the page.
fn check_drawing(diagram: &Diagram) -> String {
    let svg = diagram.render(DiagramFormat::Svg);
    let boxes = boxes(&svg);
    assert_eq!(boxes.len(), diagram.entities.len());
    for (index, a) in boxes.iter().enumerate() {
        for b in &boxes[index + 1..] {
            assert!(a[2] <= b[0] || b[2] <= a[0] || a[3] <= b[1] || b[3] <= a[1], "{a:?} lies over {b:?}");
        }
    }
    let near = |a: f64, b: f64| (a - b).abs() < 0.3;
    let is_at = |(x, y): (f64, f64), it: &[f64; 4]| {
        ((near(x, it[0]) || near(x, it[2])) && y >= it[1] && y <= it[3])
            || ((near(y, it[1]) || near(y, it[3])) && x >= it[0] && x <= it[2])
    };
    for end in ends(&svg).into_iter().flatten() {
        assert!(boxes.iter().any(|it| is_at(end, it)), "{end:?} is at no box");
    }
    let (width, height) = (attribute(&svg, "width"), attribute(&svg, "height"));
    assert!(boxes.iter().all(|it| it[0] >= 0.0 && it[1] >= 0.0 && it[2] <= width && it[3] <= height));
    svg
}

#[test]
fn mermaid_shows_each_kind_of_link() {
    check(
        LIBRARY,
        DiagramFormat::Mermaid,
        &expect![[r#"
            erDiagram
                Person["Person (person)"] {
                    Integer id PK
                    Integer manager_id FK
                }
                Author["Author (author)"] {
                    Integer id PK, FK
                }
                Profile["Profile (profile)"] {
                    Integer id PK
                    Integer person_id FK
                }
                Post["Post (blog.post)"] {
                    Integer id PK
                    Integer author_id FK
                    Integer reviewer_id FK
                }
                Tag["Tag (tag)"] {
                    Integer id PK
                }
                tagging {
                    any post_id PK, FK
                    any tag_id PK, FK
                }
                Person |o--o{ Person : "reports / manager"
                Person ||--o{ Post : "posts / author"
                Person ||--o| Profile : "profile / person"
                Tag ||--o{ tagging : "tags"
                Post ||--o{ tagging : "posts"
                Person |o--o{ Post : ""
                Person ||..o| Author : "is a parent of"
        "#]],
    );
}

#[test]
fn dot_shows_what_a_class_maps_and_how_many() {
    check(
        r#"from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import declarative_base, relationship
Base = declarative_base()
class Parent(Base):
    __tablename__ = "parent"
    id = Column(Integer, primary_key=True)
    children = relationship("Child", backref="parent")
class Child(Base):
    __tablename__ = "child"
    id = Column(Integer, primary_key=True)
    parent_id = Column(ForeignKey("parent.id"), nullable=False)
"#,
        DiagramFormat::Dot,
        &expect![[r##"
            digraph models {
                rankdir=LR
                node [shape=plain fontname="Helvetica"]
                edge [dir=both fontname="Helvetica" fontsize=10]
                "Parent" [label=<<table border="0" cellborder="1" cellspacing="0" cellpadding="4"><tr><td colspan="3" bgcolor="#dde5f0"><b>Parent</b><br/><i>parent</i></td></tr><tr><td align="left">id</td><td align="left">Integer</td><td>PK</td></tr></table>>]
                "Child" [label=<<table border="0" cellborder="1" cellspacing="0" cellpadding="4"><tr><td colspan="3" bgcolor="#dde5f0"><b>Child</b><br/><i>child</i></td></tr><tr><td align="left">id</td><td align="left">Integer</td><td>PK</td></tr><tr><td align="left">parent_id</td><td align="left"></td><td>FK</td></tr></table>>]
                "Parent" -> "Child" [arrowtail=teetee arrowhead=crowodot label="children / parent"]
            }
        "##]],
    );
}

#[test]
fn what_is_near_a_class_is_shown_alone() {
    let all = diagram_of(LIBRARY);
    let names = |name: &str, depth| {
        let near = all.around(&Around { name: name.to_owned(), depth }).unwrap();
        near.entities.into_iter().map(|it| it.name).collect::<Vec<_>>()
    };
    assert_eq!(names("Tag", 0), ["Tag"]);
    assert_eq!(names("Tag", 1), ["Tag", "tagging"]);
    assert_eq!(names("blog.post", 1), ["Person", "Post", "tagging"]);
    assert_eq!(names("Tag", 3), ["Person", "Post", "Tag", "tagging"]);
    assert!(all.around(&Around { name: "Tags".to_owned(), depth: 1 }).is_none());
}

#[test]
fn a_small_drawing_has_every_line() {
    let diagram = diagram_of(LIBRARY);
    let svg = check_drawing(&diagram);
    assert_eq!(ends(&svg).len(), diagram.links.len());
    assert!(svg.contains(">reports / manager</text>") && svg.contains(">blog.post</text>"), "{svg}");
}

#[test]
fn fifty_classes_that_hang_together_have_every_line() {
    let diagram = diagram_of(&many(50));
    assert_eq!(ends(&check_drawing(&diagram)).len(), diagram.links.len());
}

#[test]
fn of_very_many_classes_those_far_away_are_named_instead() {
    let diagram = diagram_of(&many(200));
    let svg = check_drawing(&diagram);
    let named = svg.matches("<a href=\"#entity-").count();
    assert_eq!(ends(&svg).len() + named, diagram.links.len(), "each link is drawn or told");
    assert!(ends(&svg).len() > named, "most are drawn");
    let (width, height) = (attribute(&svg, "width"), attribute(&svg, "height"));
    assert!((0.8..3.0).contains(&(width / height)), "{width} x {height} is no shape of a page");
}
