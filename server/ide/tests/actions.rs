//! Actions that rewrite what is right: whole files before and after.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::needless_raw_string_hashes)]

mod support;

use expect_test::{Expect, expect};
use relmodel_fixture::Fixture;
use relmodel_ide::{Fix, TextRange};

fn actions(text: &str) -> (Vec<Fix>, Vec<(String, String)>) {
    let fixture = Fixture::parse(text);
    let analysis = support::host_of(&fixture).snapshot();
    let (file, offset) = fixture.cursor.expect("the fixture has a cursor");
    let id = analysis.file(&support::absolute(&fixture.files[file].path)).unwrap();
    let texts = fixture.files.iter().map(|it| (support::absolute(&it.path), it.text.clone())).collect();
    (analysis.actions(id, TextRange::new(offset, offset)).unwrap(), texts)
}

fn titles(text: &str) -> Vec<String> {
    actions(text).0.into_iter().map(|it| it.title).collect()
}

/// Checks the file of the cursor and the others that the action of this title changes.
fn check(text: &str, title: &str, expect: &Expect) {
    let fixture = Fixture::parse(text);
    let analysis = support::host_of(&fixture).snapshot();
    let (found, texts) = actions(text);
    let Some(action) = found.iter().find(|it| it.title.starts_with(title)) else {
        panic!("{:?}", found.iter().map(|it| &it.title).collect::<Vec<_>>());
    };
    let mut shown = String::new();
    for (path, mut text) in texts {
        let Some(own) = action.files.iter().find(|it| analysis.path(it.file) == path) else { continue };
        for edit in own.edits.iter().rev() {
            text.replace_range(edit.range.start as usize..edit.range.end as usize, &edit.replacement);
        }
        shown.extend(["#- ", path.trim_start_matches("/ws/"), "\n", &text]);
    }
    expect.assert_eq(&shown);
}

const BASE: &str = "#- base.py\nfrom sqlalchemy.orm import declarative_base\nBase = declarative_base()\n";

const CHILD: &str = r#"#- child.py
from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.orm import relationship
from base import Base
class Child(Base):
    __tablename__ = "child"
    id = Column(Integer, primary_key=True)
    name = Column(String, nullable=False)
    parent_id = Column(ForeignKey("parent.id"))
"#;

fn parent(line: &str) -> String {
    format!(
        r#"{BASE}{CHILD}#- parent.py
from sqlalchemy import Column, Integer
from sqlalchemy.orm import backref, relationship
from base import Base
from child import Child
class Parent(Base):
    __tablename__ = "parent"
    id = Column(Integer, primary_key=True)
    {line}
"#
    )
}

#[test]
fn the_other_side_is_created_in_the_other_file() {
    check(
        &parent("chil$0dren = relationship(\"Child\", lazy=\"joined\")  # theirs"),
        "Create the other side",
        &expect![[r#"
            #- child.py
            from sqlalchemy import Column, ForeignKey, Integer, String
            from sqlalchemy.orm import relationship
            from base import Base
            class Child(Base):
                __tablename__ = "child"
                id = Column(Integer, primary_key=True)
                name = Column(String, nullable=False)
                parent_id = Column(ForeignKey("parent.id"))
                parent = relationship("Parent", back_populates="children")
            #- parent.py
            from sqlalchemy import Column, Integer
            from sqlalchemy.orm import backref, relationship
            from base import Base
            from child import Child
            class Parent(Base):
                __tablename__ = "parent"
                id = Column(Integer, primary_key=True)
                children = relationship("Child", lazy="joined", back_populates="parent")  # theirs
        "#]],
    );
}

#[test]
fn a_second_other_side_is_called_after_the_first() {
    let text = format!(
        r#"{BASE}#- customer.py
from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import relationship
from base import Base
class Address(Base):
    __tablename__ = "address"
    id = Column(Integer, primary_key=True)
    customers = relationship("Customer", foreign_keys="Customer.billing_id", back_populates="billing")
class Customer(Base):
    __tablename__ = "customer"
    id = Column(Integer, primary_key=True)
    billing_id = Column(ForeignKey("address.id"))
    shipping_id = Column(ForeignKey("address.id"))
    billing = relationship("Address", foreign_keys=[billing_id], back_populates="customers")
    ship$0ping = relationship("Address", foreign_keys=[shipping_id])
class Node(Base):
    __tablename__ = "node"
    id = Column(Integer, primary_key=True)
    parent_id = Column(ForeignKey("node.id"))
    parent = relationship("Node", remote_side=[id])
"#
    );
    assert_eq!(titles(&text)[0], "Create the other side `Address.shipping_customers`");
    let text = text.replace("ship$0ping", "shipping").replace("    parent = ", "    par$0ent = ");
    assert_eq!(titles(&text)[0], "Create the other side `Node.children`");
    // Over the same foreign key both would write the same columns.
    let text = text.replace("par$0ent", "parent").replace("    shipping = ", "    ship$0ping = ");
    let text = text.replace("[shipping_id]", "[billing_id]");
    assert!(!titles(&text).iter().any(|it| it.contains("other side")));
}

#[test]
fn a_backref_becomes_two_relationships_with_its_arguments() {
    check(
        &parent(
            "children = relat$0ionship(\"Child\", backref=backref(\"owner\", lazy=\"joined\"), order_by=\"Child.id\")",
        ),
        "Use `back_populates`",
        &expect![[r#"
            #- child.py
            from sqlalchemy import Column, ForeignKey, Integer, String
            from sqlalchemy.orm import relationship
            from base import Base
            class Child(Base):
                __tablename__ = "child"
                id = Column(Integer, primary_key=True)
                name = Column(String, nullable=False)
                parent_id = Column(ForeignKey("parent.id"))
                owner = relationship("Parent", back_populates="children", lazy="joined")
            #- parent.py
            from sqlalchemy import Column, Integer
            from sqlalchemy.orm import backref, relationship
            from base import Base
            from child import Child
            class Parent(Base):
                __tablename__ = "parent"
                id = Column(Integer, primary_key=True)
                children = relationship("Child", back_populates="owner", order_by="Child.id")
        "#]],
    );
}

#[test]
fn a_backref_whose_arguments_are_more_than_constants_stays() {
    let titles = titles(&parent("children = relat$0ionship(\"Child\", backref=backref(\"owner\", info=make()))"));
    assert!(!titles.iter().any(|it| it.contains("back_populates")), "{titles:?}");
}

#[test]
fn targets_change_their_form() {
    let forms = |target: &str| titles(&parent(&format!("children = relat$0ionship({target}, back_populates=\"x\")")));
    assert_eq!(forms("\"Child\""), ["Name the target by its class", "Name the target by a lambda"]);
    assert_eq!(forms("Child"), ["Name the target by a string", "Name the target by a lambda"]);
    assert_eq!(forms("lambda: Child"), ["Name the target by a string", "Name the target by its class"]);
    // The class itself is not bound yet.
    assert_eq!(
        titles(&parent("same = relat$0ionship(\"Parent\", back_populates=\"x\")")),
        ["Name the target by a lambda"]
    );
}

#[test]
fn a_class_becomes_annotated() {
    check(
        &parent("children = relationship(\"Child\", order_by=\"Child.id\")").replace("class Child", "class Chi$0ld"),
        "Use `Mapped`",
        &expect![[r##"
            #- child.py
            from sqlalchemy import Column, ForeignKey, Integer, String
            from sqlalchemy.orm import mapped_column, Mapped, relationship
            from base import Base
            class Child(Base):
                __tablename__ = "child"
                id: Mapped[int] = mapped_column(Integer, primary_key=True)
                name: Mapped[str] = mapped_column(String, nullable=False)
                parent_id = mapped_column(ForeignKey("parent.id"))
        "##]],
    );
    check(
        &parent("children = relationship(\"Child\", order_by=\"Child.id\")").replace("class Parent", "class Par$0ent"),
        "Use `Mapped`",
        &expect![[r#"
            #- parent.py
            from sqlalchemy import Column, Integer
            from sqlalchemy.orm import Mapped, backref, mapped_column, relationship
            from base import Base
            from child import Child
            class Parent(Base):
                __tablename__ = "parent"
                id: Mapped[int] = mapped_column(Integer, primary_key=True)
                children: Mapped[list["Child"]] = relationship("Child", order_by="Child.id")
        "#]],
    );
}

#[test]
fn an_association_table_is_generated_in_front_of_the_class() {
    let text = parent("tags = relat$0ionship(\"Tag\")")
        + "class Tag(Base):\n    __tablename__ = \"tag\"\n    id = Column(Integer, primary_key=True)\n";
    check(
        &text,
        "Create the association table",
        &expect![[r#"
            #- parent.py
            from sqlalchemy import Column, ForeignKey, Integer, Table
            from sqlalchemy.orm import backref, relationship
            from base import Base
            from child import Child
            parent_tag = Table(
                "parent_tag",
                Base.metadata,
                Column("parent_id", ForeignKey("parent.id"), primary_key=True),
                Column("tag_id", ForeignKey("tag.id"), primary_key=True),
            )


            class Parent(Base):
                __tablename__ = "parent"
                id = Column(Integer, primary_key=True)
                tags = relationship("Tag", secondary=parent_tag)
            class Tag(Base):
                __tablename__ = "tag"
                id = Column(Integer, primary_key=True)
        "#]],
    );
}

#[test]
fn nothing_is_offered_elsewhere() {
    assert_eq!(titles(&parent("def f(self):\n        return $01")), Vec::<String>::new());
    assert_eq!(titles(&parent("x = relationship(\"Nothing$0\")")), Vec::<String>::new());
}

const MANY_TO_MANY: &str = r#"from sqlalchemy import Column, ForeignKey, Integer, String, Table
from sqlalchemy.orm import declarative_base, relationship
Base = declarative_base()
user_groups = Table(
    "user_groups",
    Base.metadata,
    Column("user_id", ForeignKey("user.id"), primary_key=True),
    Column("group_id", ForeignKey("group.id"), primary_key=True),
    Column("role", String),
)
class User(Base):
    __tablename__ = "user"
    id = Column(Integer, primary_key=True)
    grou$0ps = relationship("Group", secondary=user_groups, back_populates="users")
class Group(Base):
    __tablename__ = "group"
    id = Column(Integer, primary_key=True)
    users = relationship("User", secondary="user_groups", back_populates="groups")
"#;

#[test]
fn an_association_table_is_mapped_to_a_class() {
    let expected = expect![[r##"
        #- models.py
        from sqlalchemy import Column, ForeignKey, Integer, String, Table
        from sqlalchemy.orm import declarative_base, relationship
        Base = declarative_base()
        user_groups = Table(
            "user_groups",
            Base.metadata,
            Column("user_id", ForeignKey("user.id"), primary_key=True),
            Column("group_id", ForeignKey("group.id"), primary_key=True),
            Column("role", String),
        )


        class UserGroups(Base):
            __table__ = user_groups
            user = relationship("User", overlaps="groups,users")
            group = relationship("Group", overlaps="groups,users")


        class User(Base):
            __tablename__ = "user"
            id = Column(Integer, primary_key=True)
            groups = relationship("Group", secondary=user_groups, back_populates="users")
        class Group(Base):
            __tablename__ = "group"
            id = Column(Integer, primary_key=True)
            users = relationship("User", secondary="user_groups", back_populates="groups")
    "##]];
    check(MANY_TO_MANY, "Map the association table", &expected);
    // A mapper has to know what a row is known by.
    let text = MANY_TO_MANY.replace(", primary_key=True),\n    Column(\"group_id", "),\n    Column(\"group_id");
    let text = text.replace("ForeignKey(\"group.id\"), primary_key=True", "ForeignKey(\"group.id\")");
    let expected = expect![[r##"
        #- models.py
        from sqlalchemy import Column, ForeignKey, Integer, String, Table
        from sqlalchemy.orm import declarative_base, relationship
        Base = declarative_base()
        user_groups = Table(
            "user_groups",
            Base.metadata,
            Column("user_id", ForeignKey("user.id")),
            Column("group_id", ForeignKey("group.id")),
            Column("role", String),
        )


        class UserGroups(Base):
            __table__ = user_groups
            __mapper_args__ = {"primary_key": [user_groups.c["user_id"], user_groups.c["group_id"]]}
            user = relationship("User", overlaps="groups,users")
            group = relationship("Group", overlaps="groups,users")


        class User(Base):
            __tablename__ = "user"
            id = Column(Integer, primary_key=True)
            groups = relationship("Group", secondary=user_groups, back_populates="users")
        class Group(Base):
            __tablename__ = "group"
            id = Column(Integer, primary_key=True)
            users = relationship("User", secondary="user_groups", back_populates="groups")
    "##]];
    check(&text, "Map the association table", &expected);
}

#[test]
fn an_association_table_that_is_mapped_or_cannot_be_is_left_alone() {
    let mapped = format!("{MANY_TO_MANY}class Membership(Base):\n    __table__ = user_groups\n");
    let taken = format!("{MANY_TO_MANY}UserGroups = 1\n");
    let with_columns = MANY_TO_MANY.replace(
        "Base = declarative_base()",
        "from sqlalchemy.orm import DeclarativeBase, mapped_column\nclass Base(DeclarativeBase):\n    made = mapped_column(Integer)",
    );
    let named_as_side = MANY_TO_MANY.replace("\"role\"", "\"user\"");
    let unseen = MANY_TO_MANY.replace("Column(\"role\", String)", "*more_columns()");
    for text in [mapped, taken, with_columns, named_as_side, unseen] {
        assert!(!titles(&text).iter().any(|it| it.starts_with("Map")), "{text}");
    }
}
