//! Definition, completion and hover at each place of the cheat sheet, within one file and across files.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::needless_raw_string_hashes)]

mod support;

use expect_test::{Expect, expect};
use relmodel_fixture::Fixture;

/// Checks that the name at the cursor leads to what is drawn as `def`.
fn check_definition(text: &str) {
    let fixture = Fixture::parse(text);
    let analysis = support::host_of(&fixture).snapshot();
    let (file, offset) = fixture.cursor.expect("the fixture has a cursor");
    let id = analysis.file(&support::absolute(&fixture.files[file].path)).unwrap();
    let definition = analysis.definition(id, offset).unwrap();
    let found: Vec<(String, u32, u32)> = definition
        .iter()
        .flat_map(|it| &it.targets)
        .map(|it| (analysis.path(it.file).to_owned(), it.focus.start, it.focus.end))
        .collect();
    let mut expected = Vec::new();
    for file in &fixture.files {
        for drawing in file.drawings.iter().filter(|it| it.label == "def") {
            expected.push((support::absolute(&file.path), drawing.start, drawing.end));
        }
    }
    assert_eq!(found, expected, "{text}");
}

fn check_completion(text: &str, expect: &Expect) {
    let fixture = Fixture::parse(text);
    let analysis = support::host_of(&fixture).snapshot();
    let (file, offset) = fixture.cursor.expect("the fixture has a cursor");
    let id = analysis.file(&support::absolute(&fixture.files[file].path)).unwrap();
    let text = &fixture.files[file].text;
    let items = analysis.completion(id, offset).unwrap();
    let lines: Vec<String> = items
        .iter()
        .take(5)
        .map(|it| {
            let replaced = &text[it.replace.start as usize..it.replace.end as usize];
            format!("{:?} {} for {replaced:?}\n", it.kind, it.insert)
        })
        .collect();
    expect.assert_eq(&lines.concat());
}

fn check_hover(text: &str, expect: &Expect) {
    let fixture = Fixture::parse(text);
    let analysis = support::host_of(&fixture).snapshot();
    let (file, offset) = fixture.cursor.expect("the fixture has a cursor");
    let id = analysis.file(&support::absolute(&fixture.files[file].path)).unwrap();
    let hover = analysis.hover(id, offset).unwrap();
    expect.assert_eq(&hover.map(|it| it.card.plain()).unwrap_or_default());
}

/// A workspace of three files around a `Parent` whose body is given.
fn workspace(parent: &str) -> String {
    format!(
        r#"#- shop/base.py
from sqlalchemy.ext.declarative import declarative_base
Base = declarative_base()
#- shop/child.py
from sqlalchemy import Column, Integer, ForeignKey, Table
from sqlalchemy.orm import relationship
from .base import Base
association = Table("association", Base.metadata,
    Column("left_id", ForeignKey("parent.id")), Column("right_id", ForeignKey("child.id")))
class Child(Base):
    __tablename__ = "child"
    id = Column(Integer, primary_key=True)
    parent_id = Column(Integer, ForeignKey("parent.id"))
    parent = relationship("Parent", back_populates="children")
#- shop/parent.py
from sqlalchemy import Column, Integer, ForeignKey
from sqlalchemy.orm import backref, relationship
from shop.base import Base
from shop import child
class Parent(Base):
    __tablename__ = "parent"
    id = Column(Integer, primary_key=True)
{parent}
"#
    )
}

/// The workspace with a drawing under the line of it that starts so.
fn drawn(text: &str, line: &str, drawing: &str) -> String {
    let at = text.find(line).expect("the line is there");
    let end = at + text[at..].find('\n').unwrap() + 1;
    format!("{}{drawing}\n{}", &text[..end], &text[end..])
}

#[test]
fn definition_of_a_target_string() {
    let text = workspace(r#"    children = relationship("Chi$0ld", back_populates="parent")"#);
    check_definition(&drawn(&text, "class Child", "#     ^^^^^ def"));
}

#[test]
fn definition_at_the_closing_quote() {
    let text = workspace(r#"    children = relationship("Child$0", back_populates="parent")"#);
    check_definition(&drawn(&text, "class Child", "#     ^^^^^ def"));
}

#[test]
fn definition_of_a_target_class_and_lambda() {
    for target in ["child.Chi$0ld", "lambda: child.Ch$0ild"] {
        let text = workspace(&format!("    children = relationship({target}, back_populates=\"parent\")"));
        check_definition(&drawn(&text, "class Child", "#     ^^^^^ def"));
    }
}

#[test]
fn definition_of_back_populates() {
    let text = workspace(r#"    children = relationship("Child", back_populates="par$0ent")"#);
    check_definition(&drawn(&text, "    parent = relationship", "#   ^^^^^^ def"));
}

#[test]
fn definition_of_a_backref_is_the_string_that_makes_it() {
    let text = workspace(r#"    kids = relationship("Child", backref="own$0er")"#);
    check_definition(&drawn(&text, "    kids = relationship", "    #                                     ^^^^^ def"));
    let text = workspace(r#"    kids = relationship("Child", backref=backref("own$0er"))"#);
    check_definition(&drawn(
        &text,
        "    kids = relationship",
        "    #                                             ^^^^^ def",
    ));
}

#[test]
fn definition_of_secondary_by_object_string_and_lambda() {
    for secondary in ["child.associa$0tion", "\"associ$0ation\"", "lambda: child.ass$0ociation"] {
        let text = workspace(&format!("    many = relationship(\"Child\", secondary={secondary})"));
        check_definition(&drawn(&text, "association = Table", "#                    ^^^^^^^^^^^ def"));
    }
}

#[test]
fn definition_of_both_parts_of_a_foreign_key() {
    let text = workspace(r#"    best_id = Column(ForeignKey("chi$0ld.id"))"#);
    check_definition(&drawn(&text, "    __tablename__ = \"child\"", "    #                ^^^^^ def"));
    let text = workspace(r#"    best_id = Column(ForeignKey("child.i$0d"))"#);
    let at = text.find("class Child").unwrap();
    let (before, after) = text.split_at(at);
    let after = drawn(after, "    id = Column", "#   ^^ def");
    check_definition(&format!("{before}{after}"));
}

#[test]
fn definition_of_an_annotation() {
    check_definition(
        r#"from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
from sqlalchemy import ForeignKey
class Base(DeclarativeBase):
    pass
class Parent(Base):
    __tablename__ = "parent"
    id: Mapped[int] = mapped_column(primary_key=True)
    children: Mapped[list["Ch$0ild"]] = relationship()
class Child(Base):
#     ^^^^^ def
    __tablename__ = "child"
    id: Mapped[int] = mapped_column(primary_key=True)
    parent_id: Mapped[int] = mapped_column(ForeignKey("parent.id"))
"#,
    );
}

#[test]
fn plain_python_has_no_definition_here() {
    check_definition(&workspace("    def name(self):\n        return le$0n(self.children)"));
}

#[test]
fn completion_of_targets_with_the_string_open_or_closed() {
    for open in ["\"Ch$0", "\"Ch$0\"", "\"Ch$0\")"] {
        let text = workspace(&format!("    children = relationship({open}"));
        check_completion(
            &text,
            &expect![[r#"
                Class Child for "Ch"
                Class Parent for "Ch"
            "#]],
        );
    }
}

#[test]
fn completion_of_back_populates_offers_what_refers_back() {
    check_completion(
        &workspace("    children = relationship(\"Child\", back_populates=\"$0"),
        &expect![[r#"
            Relationship parent for ""
        "#]],
    );
}

#[test]
fn completion_of_a_backref_offers_a_fitting_name() {
    check_completion(
        &workspace("    kids = relationship(\"Child\", backref=\"$0\")")
            .replace("    parent = relationship", "    owner = relationship"),
        &expect![[r#"
            Relationship parent for ""
        "#]],
    );
}

#[test]
fn completion_of_foreign_keys_offers_primary_keys_first() {
    check_completion(
        &workspace("    best_id = Column(ForeignKey(\"chi$0\"))"),
        &expect![[r#"
            Column child.id for "chi"
            Column parent.id for "chi"
            Column association.left_id for "chi"
            Column association.right_id for "chi"
            Column child.parent_id for "chi"
        "#]],
    );
}

#[test]
fn completion_of_secondary_offers_association_tables_first() {
    check_completion(
        &workspace("    many = relationship(\"Child\", secondary=\"$0\")"),
        &expect![[r#"
            Table association for ""
            Table child for ""
            Table parent for ""
        "#]],
    );
}

#[test]
fn completion_of_cascade_replaces_the_word() {
    check_completion(
        &workspace("    kids = relationship(\"Child\", cascade=\"all, delete-o$0\")"),
        &expect![[r#"
            Value delete-orphan for "delete-o"
            Value save-update for "delete-o"
            Value merge for "delete-o"
            Value delete for "delete-o"
            Value refresh-expire for "delete-o"
        "#]],
    );
}

#[test]
fn completion_of_keywords_leaves_out_those_given() {
    check_completion(
        &workspace("    kids = relationship(\"Child\", backref=\"x\", back$0)"),
        &expect![[r#"
            Keyword argument= for "back"
            Keyword secondary= for "back"
            Keyword foreign_keys= for "back"
            Keyword primaryjoin= for "back"
            Keyword secondaryjoin= for "back"
        "#]],
    );
}

#[test]
fn nothing_is_completed_in_other_strings() {
    check_completion(&workspace("    title = Column(\"ti$0\")"), &expect![[""]]);
}

#[test]
fn hover_shows_a_relationship() {
    check_hover(
        &workspace("    children = relationship(\"Child\", back_populates=\"par$0ent\")"),
        &expect![[r#"
            ```python
            Child.parent -> Parent
            ```

            **many-to-one (M:1)**: a `Child` has one `Parent`, a `Parent` any number of `Child`

            ```sql
            child.parent_id = parent.id
            ```

            - target: `Parent`
            - foreign key: `child.parent_id`
            - reverse: `Parent.children`
            - cascade: `save-update, merge` (default)
            - lazy: `select` (default)
        "#]],
    );
}

#[test]
fn hover_on_the_attribute_itself() {
    check_hover(
        &workspace("    chil$0dren = relationship(\"Child\", back_populates=\"parent\")"),
        &expect![[r#"
            ```python
            Parent.children -> Child
            ```

            **one-to-many (1:M)**: a `Parent` has any number of `Child`, a `Child` one `Parent`

            ```sql
            parent.id = child.parent_id
            ```

            - target: `Child`
            - foreign key: `child.parent_id`
            - reverse: `Child.parent`
            - cascade: `save-update, merge` (default)
            - lazy: `select` (default)
        "#]],
    );
}

/// A base that makes the names of its classes' tables, and paths to their keys.
const MADE_NAMES: &str = r#"
from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import declarative_base, declared_attr
class Named:
    @declared_attr
    def __tablename__(cls):
        return cls.__name__.lower()
    @declared_attr
    def id_path(cls):
        return f"{cls.__tablename__}.id"
Base = declarative_base(cls=Named)
class Parent(Base):
    id = Column(Integer, primary_key=True)
class Child(Base):
    id = Column(Integer, primary_key=True)
"#;

#[test]
fn the_table_whose_name_a_base_makes_is_where_its_class_is() {
    let text = format!("{MADE_NAMES}    parent_id = Column(ForeignKey(\"par$0ent.id\"))\n");
    check_definition(&drawn(&text, "class Parent", "#     ^^^^^^ def"));
}

#[test]
fn an_expression_that_comes_to_a_foreign_key_leads_to_the_column() {
    let text = format!("{MADE_NAMES}    parent_id = Column(ForeignKey(Parent.id_$0path))\n");
    check_definition(&drawn(&text, "    id = ", "#   ^^ def"));
}

#[test]
fn a_class_in_an_expression_that_comes_to_a_foreign_key_leads_to_the_class() {
    let text = format!("{MADE_NAMES}    parent_id = Column(ForeignKey(Par$0ent.id_path))\n");
    check_definition(&drawn(&text, "class Parent", "#     ^^^^^^ def"));
}
