//! Renames: the whole files after, or the reason why not.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::needless_raw_string_hashes)]

mod support;

use expect_test::expect;
use support::renames::{MODELS, check};

#[test]
fn a_class_is_renamed_in_strings_and_code() {
    check(
        &MODELS.replace("class Child", "class Ch$0ild"),
        "Kid",
        &expect![[r#"
            children = relationship("Kid", back_populates="parent", order_by="Kid.id")
            class Kid(Base):
            return session.query(Parent).filter_by(name="x").filter(Parent.children.any(Kid.id == 1))
        "#]],
    );
}

#[test]
fn a_relationship_is_renamed_and_what_cannot_be_told_is_asked_about() {
    check(
        &MODELS.replace("back_populates=\"children\"", "back_populates=\"child$0ren\""),
        "kids",
        &expect![[r#"
            kids = relationship("Child", back_populates="parent", order_by="Child.id")
            parent = relationship("Parent", back_populates="kids")
            other.?kids.clear()
            return session.query(Parent).filter_by(name="x").filter(Parent.kids.any(Child.id == 1))
        "#]],
    );
}

#[test]
fn the_attribute_of_a_column_leaves_the_database_as_it_is() {
    check(
        &MODELS.replace("    name = Column", "    na$0me = Column"),
        "title",
        &expect![[r#"
            title = Column(String, name="name")
            return session.query(Parent).filter_by(title="x").filter(Parent.children.any(Child.id == 1))
        "#]],
    );
}

#[test]
fn a_column_and_a_table_are_renamed_in_the_database_alone() {
    check(
        &MODELS.replace("parent.id\")", "parent.i$0d\")"),
        "number",
        &expect![[r#"
            id = Column(Integer, primary_key=True, name="number")
            parent_id = Column(ForeignKey("parent.number"))
        "#]],
    );
    check(
        &MODELS.replace("\"parent.id\"", "\"par$0ent.id\""),
        "parents",
        &expect![[r#"
            __tablename__ = "parents"
            parent_id = Column(ForeignKey("parents.id"))
        "#]],
    );
}

#[test]
fn names_that_are_taken_or_no_names_are_refused() {
    let class = MODELS.replace("class Child", "class Ch$0ild");
    check(&class, "Parent", &expect![["refused: there is a mapped class `Parent` already\n"]]);
    check(&class, "relationship", &expect![["refused: `relationship` means something else in models.py\n"]]);
    check(&class, "1st", &expect![["refused: `1st` is no name in Python\n"]]);
    let attribute = MODELS.replace("    name = Column", "    na$0me = Column");
    check(&attribute, "children", &expect![["refused: `Parent` has an attribute `children` already\n"]]);
    check(&attribute, "metadata", &expect![["refused: SQLAlchemy keeps the attribute `metadata` for itself\n"]]);
}

#[test]
fn plain_python_is_left_to_others() {
    check(&MODELS.replace("load(session", "lo$0ad(session"), "fetch", &expect![["nothing to rename\n"]]);
    check(&MODELS.replace("def load(session", "def load(sess$0ion"), "s", &expect![["nothing to rename\n"]]);
}

#[test]
fn a_column_with_a_key_has_two_names() {
    let text = r#"class Author(Base):
    __tablename__ = "author"
    ident = Column("author$0_no", Integer, key="number", primary_key=True)
class Book(Base):
    __tablename__ = "book"
    id = Column(Integer, primary_key=True)
    author = Column(ForeignKey("author.number"))
"#;
    let expected = expect![[r#"
        ident = Column("author_id", Integer, key="number", primary_key=True)
    "#]];
    check(text, "author_id", &expected);
    let text = text.replace("$0", "").replace("author.number", "author.num$0ber");
    let expected = expect![[r#"
        ident = Column("author_no", Integer, key="ident", primary_key=True)
        author = Column(ForeignKey("author.ident"))
    "#]];
    check(&text, "ident", &expected);
}

#[test]
fn a_column_that_an_attribute_is_called_after_by_a_prefix_is_refused() {
    let text = r#"class Plane(Base):
    __table__ = Table("plane", Base.metadata, Column("i$0d", Integer, primary_key=True))
    __mapper_args__ = {"column_prefix": "_"}
"#;
    let text = format!("from sqlalchemy import Table\n{text}");
    let expected = expect![[r#"
        refused: `Plane._id` is called after it, with a prefix
    "#]];
    check(&text, "number", &expected);
}

#[test]
fn what_a_key_that_is_put_together_in_a_loop_may_mean_is_refused() {
    let text = r#"from sqlalchemy import Table
class User(Base):
    __tablename__ = "users"
    id = Column(Integer, primary_key=True)
class Role(Base):
    __tablename__ = "role"
    id = Column(Integer, primary_key=True)
    user_id = Column(ForeignKey("users.id"))
for name in ("user",):
    Table(f"{name}_map", Base.metadata, Column(f"{name}_id", ForeignKey(f"{name}s.id"), primary_key=True))
"#;
    let expected = expect![[r#"
        refused: `id` is also named by an expression that is put together, in line 13
    "#]];
    check(&text.replace("\"users.id", "\"users.i$0d"), "number", &expected);
    let expected = expect![[r#"
        refused: `users` is also named by an expression that is put together, in line 13
    "#]];
    check(&text.replace("\"users\"", "\"use$0rs\""), "people", &expected);
    let unknown = text.replace("(\"user\",)", "names()");
    check(&unknown.replace("\"users\"", "\"use$0rs\""), "people", &expected);
    // The pattern has an `s` at the end.
    let expected = expect![[r#"
        __tablename__ = "task"
    "#]];
    check(&text.replace("\"role\"", "\"ro$0le\""), "task", &expected);
}

#[test]
fn a_table_that_the_other_side_is_called_after_is_refused() {
    let text = r#"from sqlalchemy.orm import declared_attr
class Owned:
    @declared_attr
    def owner_id(cls):
        return Column(ForeignKey("users.id"))
    @declared_attr
    def owner(cls):
        return relationship("User", back_populates=cls.__tablename__)
class User(Base):
    __tablename__ = "users"
    id = Column(Integer, primary_key=True)
    shares = relationship("Share", back_populates="owner")
class Share(Owned, Base):
    __tablename__ = "shares"
    id = Column(Integer, primary_key=True)
"#;
    let expected = expect![[r#"
        refused: its other side `shares` may be called after it, by an expression
    "#]];
    check(&text.replace("= \"shares\"", "= \"sha$0res\""), "parts", &expected);
    let expected = expect![[r#"
        shares = relationship("Part", back_populates="owner")
        class Part(Owned, Base):
    "#]];
    check(&text.replace("class Share", "class Sha$0re"), "Part", &expected);
}

#[test]
fn a_column_of_a_table_is_called_alike_in_its_class_that_only_annotates_it() {
    let text = r#"from sqlalchemy import Table
from sqlalchemy.orm import Mapped
page_table = Table("page", Base.metadata, Column("i$0d", Integer, primary_key=True))
class Page(Base):
    __table__ = page_table
    id: Mapped[int]
def first(session):
    return session.query(Page).filter(Page.id == 1)
"#;
    let expected = expect![[r#"
        page_table = Table("page", Base.metadata, Column("number", Integer, primary_key=True))
        number: Mapped[int]
        return session.query(Page).filter(Page.number == 1)
    "#]];
    check(text, "number", &expected);
}

#[test]
fn a_class_whose_name_a_relationship_says_that_cannot_be_read_is_refused() {
    let text = r#"class User(Base):
    __tablename__ = "user"
    id = Column(Integer, primary_key=True)
def copied(cls):
    return type(cls.__name__, (other_base(),), {})
Copy = copied(User)
Copy.owner = relationship("User")
"#;
    let expected = expect![[r#"
        refused: what `User` means in line 10 of models.py cannot be told
    "#]];
    check(&text.replace("class User", "class Us$0er"), "Person", &expected);
}

const LOOP: &str = r#"from sqlalchemy import Table
for name in ("left", "right"):
    links = Table(f"{name}_links", Base.metadata,
        Column("owner_id", ForeignKey(f"{name}.id")), Column("tag_id", ForeignKey("tag.id")))
class Left(Base):
    __tablename__ = "left"
    id = Column(Integer, primary_key=True)
    tags = relationship("Tag", secondary="left_links", primaryjoin="Left.id == left_links.c.owner_id")
class Right(Base):
    __tablename__ = "right"
    id = Column(Integer, primary_key=True)
    tags = relationship("Tag", secondary="right_links", primaryjoin="Right.id == right_links.c.owner_id")
class Tag(Base):
    __tablename__ = "tag"
    id = Column(Integer, primary_key=True)
"#;

#[test]
fn what_a_loop_makes() {
    check(
        &LOOP.replace("left_links.c.own", "left_links.c.o$0wn"),
        "holder_id",
        &expect![[r#"
            Column("holder_id", ForeignKey(f"{name}.id")), Column("tag_id", ForeignKey("tag.id")))
            tags = relationship("Tag", secondary="left_links", primaryjoin="Left.id == left_links.c.holder_id")
            tags = relationship("Tag", secondary="right_links", primaryjoin="Right.id == right_links.c.holder_id")
        "#]],
    );
    check(
        &LOOP.replace("secondary=\"left_l", "secondary=\"left_$0l"),
        "others",
        &expect![[r#"
            refused: `left_links` is also named by an expression that is put together, in line 6
        "#]],
    );
    check(
        &LOOP.replace("__tablename__ = \"tag", "__tablename__ = \"t$0ag"),
        "label",
        &expect![[r#"
            Column("owner_id", ForeignKey(f"{name}.id")), Column("tag_id", ForeignKey("label.id")))
            __tablename__ = "label"
        "#]],
    );
    check(
        &LOOP.replace("__tablename__ = \"left", "__tablename__ = \"le$0ft"),
        "others",
        &expect![[r#"
            refused: `left` is also named by an expression that is put together, in line 7
        "#]],
    );
}

#[test]
fn a_column_of_a_table_that_an_attribute_of_its_class_holds_is_renamed_where_it_is_used() {
    let text = r#"from sqlalchemy import Table
from sqlalchemy.orm import Mapped, registry
class Plane:
    id: Mapped[int]
class Engine(Base):
    __tablename__ = "engine"
    id = Column(Integer, primary_key=True)
    plane_id = Column(ForeignKey("plane.i$0d"))
Plane.table = Table("plane", Base.metadata, Column("id", Integer, primary_key=True))
Base.registry.map_imperatively(
    Plane,
    Plane.table,
    properties=dict(engines=relationship(Engine, primaryjoin=(Plane.table.c.id == Engine.plane_id))),
)
def load(session, other, query):
    session.query(Plane).filter(Plane.id == 1, Plane.table.c["id"] == 2, Plane.table.columns.id == 2)
    return other.c.id, other.id, query.c["id"], Engine.__table__.c.id
"#;
    let expected = expect![[r#"
        number: Mapped[int]
        plane_id = Column(ForeignKey("plane.number"))
        Plane.table = Table("plane", Base.metadata, Column("number", Integer, primary_key=True))
        properties=dict(engines=relationship(Engine, primaryjoin=(Plane.table.c.number == Engine.plane_id))),
        session.query(Plane).filter(Plane.number == 1, Plane.table.c["number"] == 2, Plane.table.columns.number == 2)
        return other.c.?number, other.?number, query.c["?number"], Engine.__table__.c.id
    "#]];
    check(text, "number", &expected);
    // What one class annotates for several cannot be called anew for one of them.
    let text = text
        .replace("class Plane:\n    id: Mapped[int]", "class ById:\n    id: Mapped[int]\nclass Plane(ById):\n    pass");
    let text = text.replace("class Engine(Base)", "class Engine(Base, ById)");
    let expected = expect![[r#"
        refused: `Plane.id` is called as it is, which `ById` annotates for others, too
    "#]];
    check(&text, "number", &expected);
}

#[test]
fn a_class_that_another_one_is_made_of_and_called_after_is_refused() {
    let text = r#"class Us$0er(Base):
    __tablename__ = "user"
    id = Column(Integer, primary_key=True)
#- copies.py
import models
from models import declarative_base, relationship, Column, ForeignKey, Integer
Copies = declarative_base()
def copied(klass):
    names = {"__tablename__": klass.__tablename__, "id": Column(Integer, primary_key=True)}
    return type(klass.__name__, (Copies,), names)
User = copied(models.User)
class Post(Copies):
    __tablename__ = "post"
    id = Column(Integer, primary_key=True)
    user_id = Column(ForeignKey("user.id"))
    user = relationship("User")
"#;
    let expected = expect![[r#"
        refused: a class `User` is made of it and called after it, in copies.py
    "#]];
    check(text, "Person", &expected);
    // One that has a name of its own stays.
    let expected = expect![[r#"
        Copy = copied(models.Person)
        class Person(Base):
    "#]];
    let text =
        text.replace("klass.__name__", "\"Copy\"").replace("User = ", "Copy = ").replace("(\"User\")", "(\"Copy\")");
    check(&text, "Person", &expected);
}

#[test]
fn an_attribute_whose_column_a_function_makes_for_others_too_is_refused() {
    let text = r#"def key(target):
    return Column(ForeignKey(f"{target}.id"), nullable=False)
class Parent(Base):
    __tablename__ = "parent"
    id = Column(Integer, primary_key=True)
class Child(Base):
    __tablename__ = "child"
    id = Column(Integer, primary_key=True)
    parent_$0id = key("parent")
    other_id = key("parent")
"#;
    let expected = expect![[r#"
        refused: the column of `parent_id` is made by a function, which may make others too
    "#]];
    check(text, "number", &expected);
    let expected = expect![[r#"
        number = key("parent", "parent")
    "#]];
    let text = text
        .replace("def key(target", "def key(target, name")
        .replace("Column(ForeignKey(", "Column(name, ForeignKey(");
    check(&text.replace("key(\"parent\")", "key(\"parent\", \"parent\")"), "number", &expected);
}

const HELPER: &str = r#"from keys import key
class Parent(Base):
    __tablename__ = "parent"
    id = Column(Integer, primary_key=True)
class Child(Base):
    __tablename__ = "child"
    id = Column(Integer, primary_key=True)
    first_id = key("parent")
    second_id = key(target=Parent.__tablename__)
#- keys.py
from sqlalchemy import Column, ForeignKey
def key(target):
    return Column(ForeignKey(f"{target}.id"), nullable=False)
"#;

#[test]
fn a_table_that_a_function_is_given_for_a_foreign_key() {
    let expected = expect![[r#"
        __tablename__ = "elder"
        first_id = key("elder")
    "#]];
    check(&HELPER.replace("= \"parent\"", "= \"par$0ent\""), "elder", &expected);
    // From the argument, too.
    check(&HELPER.replace("(\"parent\")", "(\"par$0ent\")"), "elder", &expected);
    let expected = expect![[r#"
        refused: `parent` is also named by an expression that is put together, in line 3 of keys.py
    "#]];
    let text = HELPER.replace("Column(ForeignKey(", "Column(f\"{target}_id\", ForeignKey(");
    check(&text.replace("= \"parent\"", "= \"par$0ent\""), "elder", &expected);
    // What is worked out from it.
    let expected = expect![[r#"
        refused: `parent` is also named by an expression that is put together, in line 3 of keys.py
    "#]];
    let text = HELPER.replace("{target}", "{target.lower()}");
    check(&text.replace("= \"parent\"", "= \"par$0ent\""), "elder", &expected);
}

#[test]
fn a_column_that_a_function_is_given_for_a_foreign_key() {
    let text = HELPER.replace("target):", "target, column=\"id\"):").replace("{target}.id", "{target}.{column}");
    let given = text.replace("=Parent.__tablename__)", "=Parent.__tablename__, column=\"id\")");
    let expected = expect![[r#"
        id = Column(Integer, primary_key=True, name="number")
        first_id = key("parent", "number")
        second_id = key(target=Parent.__tablename__, column="number")
    "#]];
    check(&given.replace("key(\"parent\")", "key(\"parent\", \"i$0d\")"), "number", &expected);
    // A default holds for all calls.
    let text = text.replace("key(\"parent\")", "key(\"parent\")\n    third_id = Column(ForeignKey(\"parent.i$0d\"))");
    let expected = expect![[r#"
        refused: `id` is also named by an expression that is put together, in line 3
    "#]];
    check(&text, "number", &expected);
}

#[test]
fn a_column_whose_name_a_program_compares() {
    let text = r#"class Parent(Base):
    __tablename__ = "parent"
    id = Column(Integer, primary_key=True)
    _metadata = Column("meta$0data", String)
    def __repr__(self):
        return ", ".join(it.name for it in self.__table__.columns if it.name != "metadata" and it.name + "metadata")
class Child(Base):
    __tablename__ = "child"
    id = Column(Integer, primary_key=True)
    _metadata = Column("metadata", String)
    def names(self):
        return [it for it in self.__table__.c.keys() if it not in ("id", "metadata")]
def kind(field, frame):
    return field.name == "metadata" or [it for it in frame.columns if it != "metadata"]
"#;
    let expected = expect![[r#"
        _metadata = Column("data", String)
        return ", ".join(it.name for it in self.__table__.columns if it.name != "data" and it.name + "metadata")
    "#]];
    check(text, "data", &expected);
    // Whose columns they are cannot be told.
    let expected = expect![[r#"
        refused: the name of a column is compared with `metadata`, in line 20 of models.py
    "#]];
    let loops = "def copied(table):\n    for column in table.columns:\n        if not column.name == \"metadata\":\n            return column\n";
    check(&format!("{text}{loops}"), "data", &expected);
    let expected = expect![[r#"
        refused: the name of a column is compared with `metadata`, in line 19 of models.py
    "#]];
    let made = "def copied(table):\n    return {**{it.name if it.name != \"metadata\" else \"data\": it for it in table.columns}}\n";
    check(&format!("{text}{made}"), "data", &expected);
    let expected = expect![[r#"
        refused: the name of a column is compared with `metadata`, in line 15 of models.py
    "#]];
    let text = text
        .replace("meta$0data", "metadata")
        .replace("Column(\"metadata\", String)\n    def names", "Column(\"meta$0data\", String)\n    def names");
    check(&text, "data", &expected);
}

#[test]
fn what_a_module_makes_is_an_object() {
    let text = MODELS.replace("    children = ", "    chil$0dren = ")
        + r#"
parent = Parent()
parent.children.append(Child())
found = look_up()
found.children.clear()
"#;
    check(
        &text,
        "kids",
        &expect![[r#"
            kids = relationship("Child", back_populates="parent", order_by="Child.id")
            parent = relationship("Parent", back_populates="kids")
            other.?kids.clear()
            return session.query(Parent).filter_by(name="x").filter(Parent.kids.any(Child.id == 1))
            parent.kids.append(Child())
            found.?kids.clear()
        "#]],
    );
}

#[test]
fn a_table_that_a_text_names_which_cannot_be_told_is_asked_about() {
    let text = MODELS.replace("__tablename__ = \"parent\"", "__tablename__ = \"par$0ent\"")
        + r#"class Unused:
    parent_id = Column(ForeignKey("parent.id"))
copy = made_of(Parent)
copy.children = relationship("Child", secondary="parent", backref="parent")
"#;
    check(
        &text,
        "parents",
        &expect![[r#"
            __tablename__ = "parents"
            parent_id = Column(ForeignKey("parents.id"))
            parent_id = Column(ForeignKey("?parents.id"))
            copy.children = relationship("Child", secondary="?parents", backref="parent")
        "#]],
    );
}
