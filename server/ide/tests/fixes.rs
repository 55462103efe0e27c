//! Fixes of findings, as whole files before and after. Every case is also run with other line endings, with tabs, and with
//! single quotes: what a fix writes is dressed as what stands around it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::needless_raw_string_hashes)]

mod support;

use relmodel_fixture::Fixture;
use relmodel_ide::{AnalysisHost, FileChange, Fix, TextEdit};

/// Checks that the fix of this title turns `before` into `after`.
fn check(title: &str, before: &str, after: &str) {
    let dresses: [fn(&str) -> String; 5] = [
        str::to_owned,
        |it| it.replace('\n', "\r\n"),
        |it| it.replace("    ", "\t"),
        |it| it.replace('"', "'"),
        |it| it.replace('\n', "\r\n").replace("    ", "\t").replace('"', "'"),
    ];
    for dress in dresses {
        assert_eq!(fixed(title, before, dress), files(after, dress), "{title}");
    }
}

/// The files of a fixture, each dressed.
fn files(text: &str, dress: impl Fn(&str) -> String) -> Vec<(String, String)> {
    let fixture = Fixture::parse(text);
    fixture.files.into_iter().map(|it| (it.path, dress(&it.text))).collect()
}

/// The files after the fix.
fn fixed(title: &str, before: &str, dress: impl Fn(&str) -> String) -> Vec<(String, String)> {
    let mut files = files(before, dress);
    let offers = offered(&files);
    let titles: Vec<&str> = offers.iter().map(|it| it.1.title.as_str()).collect();
    let (_, fix) = offers.iter().find(|it| it.1.title == title).unwrap_or_else(|| panic!("{title} among {titles:?}"));
    let paths = paths_of(&files);
    for (path, edits) in paths.iter().zip(edits_by_path(&files, fix)) {
        let file = files.iter_mut().find(|it| &it.0 == path).unwrap();
        file.1 = applied(&file.1, &edits);
    }
    files
}

fn paths_of(files: &[(String, String)]) -> Vec<String> {
    files.iter().map(|it| it.0.clone()).collect()
}

fn host(files: &[(String, String)]) -> AnalysisHost {
    let mut host = AnalysisHost::new();
    let files: Vec<FileChange> = files.iter().map(|(path, text)| support::text_change(path, text)).collect();
    host.apply(relmodel_ide::Change { files, ..relmodel_ide::Change::default() });
    host
}

/// The fixes that all files offer, each with the code of its finding.
fn offered(files: &[(String, String)]) -> Vec<(&'static str, Fix)> {
    let analysis = host(files).snapshot();
    let ids = files.iter().map(|it| analysis.file(&support::absolute(&it.0)).unwrap());
    let found = ids.flat_map(|it| analysis.fixes(it, None).unwrap());
    found.flat_map(|it| it.fixes.into_iter().map(move |fix| (it.diagnostic.code, fix))).collect()
}

fn edits_by_path(files: &[(String, String)], fix: &Fix) -> Vec<Vec<TextEdit>> {
    let analysis = host(files).snapshot();
    let edits = |path: &str| {
        let id = analysis.file(&support::absolute(path)).unwrap();
        fix.files
            .iter()
            .filter(|it| analysis.path(it.file) == analysis.path(id))
            .flat_map(|it| it.edits.clone())
            .collect()
    };
    files.iter().map(|it| edits(&it.0)).collect()
}

fn applied(text: &str, edits: &[TextEdit]) -> String {
    let mut res = text.to_owned();
    for edit in edits.iter().rev() {
        res.replace_range(edit.range.start as usize..edit.range.end as usize, &edit.replacement);
    }
    res
}

#[test]
fn a_misspelt_name_is_replaced_and_nothing_else() {
    check(
        "Change to `Child`",
        r#"from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import declarative_base, relationship
Base = declarative_base()
class Parent(Base):
    __tablename__ = "parent"
    id = Column(Integer, primary_key=True)
    children = relationship(  # all of them
        "Chlid",  # misspelt
    )
class Child(Base):
    __tablename__ = "child"
    id = Column(Integer, primary_key=True)
    parent_id = Column(Integer, ForeignKey("parent.id"))
"#,
        r#"from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import declarative_base, relationship
Base = declarative_base()
class Parent(Base):
    __tablename__ = "parent"
    id = Column(Integer, primary_key=True)
    children = relationship(  # all of them
        "Child",  # misspelt
    )
class Child(Base):
    __tablename__ = "child"
    id = Column(Integer, primary_key=True)
    parent_id = Column(Integer, ForeignKey("parent.id"))
"#,
    );
}

/// A parent and a child whose relationship has these arguments.
fn pair(arguments: &str) -> String {
    format!(
        r#"from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import declarative_base, relationship
Base = declarative_base()
class Parent(Base):
    __tablename__ = "parent"
    id = Column(Integer, primary_key=True)
    children = relationship({arguments})
class Child(Base):
    __tablename__ = "child"
    id = Column(Integer, primary_key=True)
    parent_id = Column(Integer, ForeignKey("parent.id"))
    parent = relationship("Parent")
"#
    )
}

#[test]
fn keywords_options_and_names_of_the_other_side_are_replaced() {
    check(
        "Change to `passive_deletes`",
        &pair(r#""Child", passive_delete=True"#),
        &pair(r#""Child", passive_deletes=True"#),
    );
    check("Change to `all`", &pair(r#""Child", cascade="al, delete""#), &pair(r#""Child", cascade="all, delete""#));
    check(
        "Change to `parent`",
        &pair(r#""Child", back_populates="parnt""#),
        &pair(r#""Child", back_populates="parent""#),
    );
    check(
        "Change to `parent`",
        &pair(r#""Child", back_populates="parent_id""#),
        &pair(r#""Child", back_populates="parent""#),
    );
}

#[test]
fn a_name_that_stands_elsewhere_than_the_string_is_left_alone() {
    let text = pair(r#""Child", back_populates=OTHER"#).replace("Base = ", "OTHER = \"parnt\"\nBase = ");
    let files = files(&text, str::to_owned);
    assert!(offered(&files).is_empty());
}

#[test]
fn the_other_side_is_added_in_another_file_as_that_file_is_written() {
    let parent = r#"#- shop/parent.py
import sqlalchemy as sa
from sqlalchemy import orm
from .base import Base
class Parent(Base):
    __tablename__ = "parent"
    id = sa.Column(sa.Integer, primary_key=True)
    children = orm.relationship("Child", back_populates="parent")
#- shop/base.py
from sqlalchemy.orm import DeclarativeBase
class Base(DeclarativeBase):
    pass
#- shop/__init__.py
"#;
    let child = r#"#- shop/child.py
from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column
from shop.base import Base
class Child(Base):  # one of them
    __tablename__ = "child"
    id: Mapped[int] = mapped_column(primary_key=True)
    parent_id: Mapped[int] = mapped_column(ForeignKey("parent.id"))
    def __repr__(self):
        return "child"
"#;
    let after = r#"#- shop/child.py
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship
from shop.base import Base

if TYPE_CHECKING:
    from shop.parent import Parent
class Child(Base):  # one of them
    __tablename__ = "child"
    id: Mapped[int] = mapped_column(primary_key=True)
    parent_id: Mapped[int] = mapped_column(ForeignKey("parent.id"))
    parent: Mapped["Parent"] = relationship(back_populates="children")
    def __repr__(self):
        return "child"
"#;
    check("Add `parent` to `Child`", &format!("{parent}{child}"), &format!("{parent}{after}"));
}

#[test]
fn an_annotation_alone_gets_a_value() {
    let before = r#"from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
class Base(DeclarativeBase):
    pass
class Parent(Base):
    __tablename__ = "parent"
    id: Mapped[int] = mapped_column(primary_key=True)
class Child(Base):
    __tablename__ = "child"
    id: Mapped[int] = mapped_column(primary_key=True)
    parent_id: Mapped[int]  # whose
    parent: Mapped["Parent"] = relationship()
"#;
    let after = before.replace("Mapped[int]  #", "Mapped[int] = mapped_column(ForeignKey(\"parent.id\"))  #").replacen(
        "from",
        "from sqlalchemy import ForeignKey\nfrom",
        1,
    );
    check("Make `child.parent_id` a foreign key to `parent.id`", before, &after);
}

#[test]
fn a_moved_name_is_imported_from_its_new_home() {
    let rest = r#"
Base = declarative_base()
class Parent(Base):
    __tablename__ = "parent"
    id = Column(Integer, primary_key=True)
"#;
    let cases = [
        ("from sqlalchemy.ext.declarative import declarative_base", "from sqlalchemy.orm import declarative_base"),
        (
            "from sqlalchemy.ext.declarative import declarative_base  # old\nfrom sqlalchemy.orm import relationship",
            "from sqlalchemy.orm import declarative_base  # old\nfrom sqlalchemy.orm import relationship",
        ),
        (
            "from sqlalchemy.ext.declarative import declarative_base\nfrom sqlalchemy.orm import relationship",
            "from sqlalchemy.orm import declarative_base, relationship",
        ),
        (
            "from sqlalchemy.ext.declarative import declarative_base, DeferredReflection",
            "from sqlalchemy.ext.declarative import DeferredReflection\nfrom sqlalchemy.orm import declarative_base",
        ),
    ];
    for (before, after) in cases {
        let text = |imports: &str| format!("from sqlalchemy import Column, Integer\n{imports}\n{rest}");
        check("Import it from `sqlalchemy.orm`", &text(before), &text(after));
    }
}

#[test]
fn a_relationship_of_a_mixin_becomes_a_method() {
    let head = r#"from sqlalchemy import Column, ForeignKey, Integer, orm
Base = orm.declarative_base()
"#;
    let tail = r#"
class Child(HasParent, Base):
    __tablename__ = "child"
    id = Column(Integer, primary_key=True)
class Parent(Base):
    __tablename__ = "parent"
    id = Column(Integer, primary_key=True)
"#;
    let before = r#"class HasParent:
    parent_id = Column(ForeignKey("parent.id"))
    parent = orm.relationship(  # whose
        "Parent",
    )
    def name(self):
        return "child"
"#;
    let after = r#"class HasParent:
    parent_id = Column(ForeignKey("parent.id"))

    @orm.declared_attr
    def parent(cls):
        return orm.relationship(  # whose
            "Parent",
        )

    def name(self):
        return "child"
"#;
    let text = |middle: &str| format!("{head}{middle}{tail}");
    check("Return it from a `@declared_attr` method", &text(before), &text(after));
}
