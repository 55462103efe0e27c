//! Completion at each place: what is offered first, and what of the text it replaces.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::needless_raw_string_hashes)]

mod support;

use relmodel_fixture::Fixture;
use relmodel_ide::{CompletionItem, SqlAlchemy};

/// Parent and Child, an association table between them, a class that nothing links yet, and one in another file.
const HEAD: &str = r#"from sqlalchemy import Column, ForeignKey, ForeignKeyConstraint, Index, Integer, String, Table, UniqueConstraint
from sqlalchemy.ext.associationproxy import association_proxy
from sqlalchemy.orm import backref, declarative_base, declared_attr, joinedload, mapped_column, relationship, synonym, validates
Base = declarative_base()
association = Table("association", Base.metadata,
    Column("left_id", ForeignKey("parent.id")), Column("right_id", ForeignKey("child.id")))
class Toy(Base):
    __tablename__ = "toy"
    id = Column(Integer, primary_key=True)
    label = Column(String)
class Child(Base):
    __tablename__ = "child"
    id = Column(Integer, primary_key=True)
    name = Column(String)
    parent_id = Column(Integer, ForeignKey("parent.id"))
    parent = relationship("Parent", back_populates="children")
    guard = relationship("Parent", foreign_keys=parent_id, viewonly=True)
"#;

const PARENT: &str = r#"class Parent(Base):
    __tablename__ = "parent"
    id = Column(Integer, primary_key=True)
    title = Column(String)
"#;

fn items(text: &str, version: SqlAlchemy) -> (Vec<CompletionItem>, String) {
    let fixture = Fixture::parse(text);
    let analysis = support::host_with(&fixture, version).snapshot();
    let (file, offset) = fixture.cursor.expect("the fixture has a cursor");
    let id = analysis.file(&support::absolute(&fixture.files[file].path)).unwrap();
    (analysis.completion(id, offset).unwrap(), fixture.files[file].text.clone())
}

/// Checks what is offered first where `line` is typed in the body of `Parent`, and what of it is replaced.
fn check(line: &str, replaced: &str, first: &[&str]) {
    check_text(&format!("{HEAD}{PARENT}    {line}\n"), replaced, first);
}

fn check_text(text: &str, replaced: &str, first: &[&str]) {
    let (found, text) = items(text, SqlAlchemy::V2_0);
    let inserted: Vec<&str> = found.iter().map(|it| it.insert.as_str()).collect();
    assert_eq!(&inserted[..first.len().min(inserted.len())], first, "{inserted:?}\n{text}");
    for it in &found {
        assert_eq!(&text[it.replace.start as usize..it.replace.end as usize], replaced, "{it:?}\n{text}");
    }
}

/// Checks that nothing is offered.
fn check_silent(text: &str) {
    let (found, _) = items(text, SqlAlchemy::V2_0);
    assert_eq!(found, [], "{text}");
}

fn labels(line: &str, version: SqlAlchemy) -> Vec<String> {
    items(&format!("{HEAD}{PARENT}    {line}\n"), version).0.into_iter().map(|it| it.label).collect()
}

#[test]
fn targets_that_a_foreign_key_links_come_first() {
    for line in [
        "x = relationship(\"$0",
        "x = relationship(\"$0\"",
        "x = relationship(\"$0\")",
        "x = relationship('$0')",
        "x = relationship(\n        \"$0\",\n        lazy=\"joined\",\n    )",
        "x = relationship(argument=\"$0\")",
    ] {
        check(line, "", &["Child", "Toy", "Parent"]);
    }
    check("x = relationship(\"To$0y\")", "Toy", &["Child", "Toy", "Parent"]);
}

#[test]
fn a_target_that_is_referred_to_already_comes_later() {
    check(
        "a = relationship(\"Child\", back_populates=\"parent\")\n    x = relationship(\"$0\")",
        "",
        &["Toy", "Child", "Parent"],
    );
}

#[test]
fn targets_in_annotations() {
    check("x: Mapped[list[\"$0\"]] = relationship()", "", &["Child", "Toy", "Parent"]);
    check("x: Mapped[\"Ch$0\"]", "Ch", &["Child", "Toy", "Parent"]);
}

#[test]
fn back_populates_names_what_refers_back_and_is_free() {
    check("x = relationship(\"Child\", back_populates=\"$0\")", "", &["guard", "parent"]);
    check("children = relationship(\"Child\", back_populates=\"$0", "", &["guard", "parent"]);
    check("x = relationship(\"Toy\", back_populates=\"$0\")", "", &["parents"]);
    check("x = relationship(\"Child\", back_populates=$0)", "", &["\"guard\"", "\"parent\""]);
}

#[test]
fn a_backref_gets_a_name_that_is_free() {
    check("x = relationship(\"Toy\", backref=\"$0\")", "", &["parents"]);
    check("x = relationship(\"Toy\", backref=backref(\"$0\"))", "", &["parents"]);
    check("x = relationship(\"Child\", backref=\"$0\")", "", &[]);
}

#[test]
fn cascade_options_that_are_written_are_not_offered_again() {
    check("x = relationship(\"Child\", cascade=\"all, $0\")", "", &["delete-orphan", "save-update"]);
    check("x = relationship(\"Child\", cascade=\"delete-o$0, all\")", "delete-o", &["delete-orphan", "save-update"]);
    check("x = relationship(\"Child\", cascade=\"$0\")", "", &["all", "delete-orphan"]);
    let written = labels("x = relationship(\"Child\", cascade=\"delete, $0\")", SqlAlchemy::V2_0);
    assert!(!written.contains(&"delete".to_owned()), "{written:?}");
}

#[test]
fn ways_to_load_are_those_of_the_version() {
    let has = |version| labels("x = relationship(\"Child\", lazy=\"$0\")", version).contains(&"write_only".to_owned());
    assert_eq!([SqlAlchemy::V1_4, SqlAlchemy::V2_0, SqlAlchemy::V2_1].map(has), [false, true, true]);
    check("x = relationship(\"Child\", lazy=se$0)", "se", &["\"select\"", "\"selectin\""]);
}

#[test]
fn keywords_of_each_function() {
    check("x = relationship(\"Child\", $0)", "", &["back_populates=", "backref="]);
    check("x = relationship(\"Child\", back_populates=\"parent\", $0", "", &["argument=", "secondary="]);
    check("x = relationship(\n        \"Child\",\n        la$0\n    )", "la", &["back_populates="]);
    check("x = mapped_column(pri$0)", "pri", &["primary_key=", "nullable="]);
    check("x = Column(Integer, $0)", "", &["primary_key=", "nullable="]);
    check("x = Column(ForeignKey(\"child.id\", on$0))", "on", &["ondelete=", "onupdate="]);
    check("x = relationship(\"Child\", backref=backref(\"y\", $0))", "", &["secondary="]);
}

#[test]
fn keywords_are_those_of_the_version() {
    let has = |name: &str, version| labels("x = relationship(\"Child\", $0)", version).contains(&name.to_owned());
    assert!(has("bake_queries", SqlAlchemy::V1_4) && !has("bake_queries", SqlAlchemy::V2_0));
    assert!(!has("init", SqlAlchemy::V1_4) && has("init", SqlAlchemy::V2_1));
}

#[test]
fn no_keywords_where_a_value_stands() {
    for line in ["x = relationship(\"Child\", uselist=$0)", "x = relationship(\"Child\", uselist=Tr$0)"] {
        let found = labels(line, SqlAlchemy::V2_0);
        assert_eq!(found, ["False", "True"], "{line}");
    }
    check_silent(&format!("{HEAD}{PARENT}    x = relationship(\"Child\", order_by=$0)\n"));
    check_silent(
        &format!("{HEAD}{PARENT}    x = relationship(\"Child\", uselist=False$0)\n").replace("False$0", "not $0"),
    );
}

#[test]
fn join_strings() {
    let join = |text: &str| format!("x = relationship(\"Child\", primaryjoin=\"{text}");
    check(&join("$0\")"), "", &["Child", "Parent", "and_"]);
    check(&join("Par$0\")"), "Par", &["Child", "Parent"]);
    check(&join("Parent.id == foreign(Child.$0"), "", &["id", "parent_id", "name"]);
    check(&join("Parent.id == foreign(Child.par$0)\")"), "par", &["id", "parent_id", "name"]);
    check(&join("and_(Parent.$0id == Child.parent_id)\")"), "id", &["id", "title"]);
    check(&join("Parent.id == association.$0\")"), "", &["c"]);
    check(&join("Parent.id == association.c.$0\")"), "", &["left_id", "right_id"]);
    check("x = relationship(\"Child\", foreign_keys=\"[Child.$0]\")", "", &["id", "parent_id", "name"]);
    check("x = relationship(\"Child\", order_by=\"Child.na$0\")", "na", &["id", "parent_id", "name"]);
    check(
        "x = relationship(\"Child\", secondary=\"association\", secondaryjoin=\"$0\")",
        "",
        &["Child", "Parent", "association"],
    );
    check_silent(&format!("{HEAD}{PARENT}    {}", join("Nothing.$0\")")));
}

#[test]
fn secondary_tables_come_before_mapped_ones() {
    check("x = relationship(\"Child\", secondary=\"$0\")", "", &["association", "child"]);
    check("x = relationship(\"Child\", \"$0\")", "", &["association", "child"]);
}

#[test]
fn foreign_keys_are_replaced_as_a_whole() {
    check("x = Column(ForeignKey(\"$0", "", &["child.id", "parent.id", "toy.id"]);
    check("x = Column(ForeignKey(\"child.$0\"))", "child.", &["child.id"]);
    check("x = Column(ForeignKey(\"chi$0ld.name\"))", "child.name", &["child.id"]);
    check("__table_args__ = (ForeignKeyConstraint([\"id\"], [\"$0\"]),)", "", &["child.id"]);
}

#[test]
fn columns_of_the_own_table() {
    check("__table_args__ = (UniqueConstraint(\"$0\"),)", "", &["title", "id"]);
    check("__table_args__ = (Index(\"ix\", \"ti$0\"),)", "ti", &["title", "id"]);
    check("__table_args__ = (ForeignKeyConstraint([\"$0\"], [\"child.id\"]),)", "", &["title", "id"]);
    check_silent(&format!("{HEAD}{PARENT}    __table_args__ = (Index(\"$0\", \"title\"),)\n"));
}

#[test]
fn attributes_by_name() {
    check("@validates(\"$0\")\n    def check(self, key, value):\n        return value", "", &["id", "title"]);
    check("other = synonym(\"ti$0\")", "ti", &["id", "title"]);
    let kids = "kids = relationship(\"Child\", back_populates=\"parent\")\n    ";
    check(&format!("{kids}names = association_proxy(\"$0\", \"name\")"), "", &["kids"]);
    check(&format!("{kids}names = association_proxy(\"kids\", \"$0\")"), "", &["guard", "id", "name"]);
}

#[test]
fn overlaps_begin_with_what_writes_the_same_column() {
    let own = "children = relationship(\"Child\", back_populates=\"parent\")";
    let text = format!("{HEAD}{PARENT}    {own}\n    b = relationship(\"Child\", overlaps=\"$0\")\n");
    let (found, _) = items(&text, SqlAlchemy::V2_0);
    let labels: Vec<&str> = found.iter().map(|it| it.label.as_str()).collect();
    assert_eq!(labels, ["children", "parent", "guard"]);
    check_text(&text.replace("$0", "children,$0"), "", &["parent", "guard"]);
}

#[test]
fn attributes_behind_a_dot_are_the_mapped_ones_and_what_backrefs_make() {
    let text = |code: &str| {
        format!(
            "{HEAD}{PARENT}    toys = relationship(\"Toy\", primaryjoin=\"Parent.id == foreign(Toy.id)\", backref=\"owner\")\n{code}\n"
        )
    };
    check_text(&text("query = select(Toy).join(Toy.$0"), "", &["id", "label", "owner"]);
    check_text(&text("query = joinedload(Toy.ow$0)"), "ow", &["id", "label", "owner"]);
    check_silent(&text("value = Base.$0"));
    check_silent(&text("value = Toy().$0"));
}

#[test]
fn strings_of_loader_options_name_what_1_4_loads() {
    let with = |option: &str, version| {
        let query = format!("def all(session):\n    return session.query(Child).options({option}).all()\n");
        let (found, _) = items(
            &format!("{HEAD}{PARENT}    children = relationship(\"Child\", back_populates=\"parent\")\n{query}"),
            version,
        );
        found.into_iter().map(|it| it.label).collect::<Vec<_>>()
    };
    let old = |option: &str| with(option, SqlAlchemy::V1_4);
    for option in ["joinedload(\"$0\")", "orm.subqueryload('pa$0')", "contains_eager(\"guard.children.$0\")"] {
        assert_eq!(old(option), ["guard", "parent"], "{option}");
    }
    assert_eq!(old("joinedload(\"parent.$0\")"), ["children"]);
    assert_eq!(old("joinedload(\"parent\").subqueryload(\"$0\")"), ["children"]);
    assert_eq!(old("defer(\"na$0\")"), ["id", "parent_id", "name"]);
    assert_eq!(old("load_only(\"id\", \"$0\")"), ["id", "parent_id", "name"]);
    assert_eq!(old("defer(\"parent.ti$0\")"), ["id", "title"]);
    // What is no option, and an entity that cannot be told.
    assert_eq!(old("text(\"$0\")"), [""; 0]);
    assert_eq!(old("joinedload(\"nothing.$0\")"), [""; 0]);
    assert_eq!(with("joinedload(\"$0\")", SqlAlchemy::V2_0), [""; 0]);
}

#[test]
fn keywords_of_constructors_are_the_mapped_attributes() {
    check_text(&format!("{HEAD}{PARENT}child = Child(id=1, $0)\n"), "", &["parent_id=", "name=", "guard=", "parent="]);
    check_silent(&format!(
        "{HEAD}{PARENT}    def __init__(self, title):\n        self.title = title\nparent = Parent($0)\n"
    ));
    check_silent(&format!("{HEAD}{PARENT}value = print($0)\n"));
}

#[test]
fn a_whole_relationship_has_both_sides() {
    let text = format!(
        "{HEAD}class Owner(Base):\n    __tablename__ = \"owner\"\n    id = Column(Integer, primary_key=True)\n    child_id = Column(Integer, ForeignKey(\"child.id\"))\n    rel$0\n"
    );
    let (found, text) = items(&text, SqlAlchemy::V2_0);
    let [only] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!(only.label, "relationship to Child");
    assert_eq!(only.insert, "child = relationship(\"Child\", back_populates=\"owners\")");
    let [other] = only.more.as_slice() else { panic!("{only:?}") };
    assert_eq!(other.replacement.trim(), "owners = relationship(\"Owner\", back_populates=\"child\")");
    assert!(
        text[..other.range.start as usize].trim_end().ends_with("viewonly=True)"),
        "behind the last attribute of `Child`"
    );
}

#[test]
fn nothing_is_offered_on_plain_python() {
    for line in
        ["x = os.$0", "x = \"$0\"", "x = len($0)", "def f(self):\n        return $0", "x = Column(\"ti$0\")", "$0"]
    {
        check_silent(&format!("{HEAD}{PARENT}    {line}\n"));
    }
}

#[test]
fn keys_of_mapper_arguments() {
    let first = ["polymorphic_on", "polymorphic_identity", "polymorphic_abstract"];
    for line in [
        "__mapper_args__ = {\"$0\"}",
        "__mapper_args__ = {\"$0",
        "__mapper_args__ = {\"$0\": title}",
        "__mapper_args__ = {'concrete': True, '$0'}",
        "__mapper_args__ = {\n        \"concrete\": True,\n        \"$0\n    }",
        "@declared_attr.directive\n    def __mapper_args__(cls):\n        return {\"$0\"}",
    ] {
        check(line, "", &first);
    }
    check("__mapper_args__ = {\"poly$0morphic\": title}", "polymorphic", &first);
    check("__mapper_args__ = {\"polymorphic_on\": title, \"$0\"}", "", &first[1..]);
    check("__mapper_args__ = {$0}", "", &["\"polymorphic_on\": ", "\"polymorphic_identity\": "]);
    check("__mapper_args__ = {\"polymorphic_on\": title, pol$0}", "pol", &["\"polymorphic_identity\": "]);
    let old = labels("__mapper_args__ = {\"$0\"}", SqlAlchemy::V1_4);
    assert!(!old.contains(&"polymorphic_abstract".to_owned()), "{old:?}");
}

#[test]
fn values_of_mapper_arguments() {
    check("__mapper_args__ = {\"polymorphic_on\": \"$0\"}", "", &["id", "title"]);
    check("__mapper_args__ = {\"concrete\": True, \"polymorphic_on\": \"ti$0", "ti", &["id", "title"]);
    check("__mapper_args__ = {\"primary_key\": [\"$0\"]}", "", &["id", "title"]);
    check("__mapper_args__ = {\"exclude_properties\": {\"id\", \"$0\"}}", "", &["id", "title"]);
    check("__mapper_args__ = {\"polymorphic_load\": \"$0\"}", "", &["selectin", "inline"]);
    check("__mapper_args__ = {\"eager_defaults\": \"$0\"}", "", &["auto"]);
    assert_eq!(labels("__mapper_args__ = {\"primary_key\": [\"$0\"]}", SqlAlchemy::V1_4), [""; 0]);
    assert_eq!(labels("__mapper_args__ = {\"polymorphic_on\": \"$0\"}", SqlAlchemy::V1_4), ["id", "title"]);
    for line in [
        "__mapper_args__ = {\"polymorphic_identity\": \"$0\"}",
        "__mapper_args__ = {\"polymorphic_on\": func.lower(\"$0\")}",
        "__mapper_args__ = {\"version_id_col\": $0}",
        "__other_args__ = {\"$0\"}",
        "__mapper_args__ = [\"$0\"]",
    ] {
        check_silent(&format!("{HEAD}{PARENT}    {line}\n"));
    }
}
