//! How relationships are resolved in forms that the scenarios do not tell of: one line per relationship, to be compared
//! with SQLAlchemy's `direction`, `uselist`, `local_remote_pairs` and `_reverse_property`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::needless_raw_string_hashes)]

mod support;

use std::fmt::Write as _;

use expect_test::{Expect, expect};
use relmodel_fixture::Fixture;

fn check(text: &str, expect: &Expect) {
    let fixture = Fixture::parse(text);
    let analysis = support::host_of(&fixture).snapshot();
    let inspection = analysis.inspect(&analysis.files()).unwrap();
    let short =
        |name: &str| name.rsplit('.').take(2).collect::<Vec<_>>().into_iter().rev().collect::<Vec<_>>().join(".");
    let mut res = String::new();
    for it in &inspection.relationships {
        let target = it.target.as_deref().map_or("?", |it| it.rsplit('.').next().unwrap());
        let holds = it.uselist.map_or("?", |it| if it { "list" } else { "scalar" });
        let reverse: Vec<String> = it.reverse.iter().map(|it| short(it)).collect();
        let class = it.class.rsplit('.').next().unwrap();
        let _ = writeln!(
            res,
            "{class}.{} {} {holds} -> {target} ({}) reverse: {}",
            it.key,
            it.direction.unwrap_or("?"),
            it.local_remote_pairs.as_deref().unwrap_or_default().join(", "),
            reverse.join(", "),
        );
    }
    for file in analysis.files() {
        let codes: Vec<&str> = analysis.diagnostics(file).unwrap().iter().map(|it| it.code).collect();
        assert!(codes.is_empty(), "{codes:?} in {text}");
    }
    expect.assert_eq(&res);
}

const HEAD: &str = "from sqlalchemy import Column, ForeignKey, ForeignKeyConstraint, Integer, Table, and_\n\
                    from sqlalchemy.orm import backref, declarative_base, foreign, relationship, remote\n\
                    Base = declarative_base()\n";

fn models(body: &str) -> String {
    format!("{HEAD}{body}")
}

#[test]
fn shared_keyword_dicts() {
    check(
        &models(
            r#"
class A(Base):
    __tablename__ = "a"
    id = Column(Integer, primary_key=True)
    common = dict(back_populates="a", uselist=False)
    b = relationship("B", **common)
class B(Base):
    __tablename__ = "b"
    id = Column(Integer, primary_key=True)
    a_id = Column(ForeignKey("a.id"))
    a = relationship("A", **{"back_populates": "b"})
"#,
        ),
        &expect![[r#"
            A.b ONETOMANY scalar -> B (a.id->b.a_id) reverse: B.a
            B.a MANYTOONE scalar -> A (b.a_id->a.id) reverse: A.b
        "#]],
    );
}

#[test]
fn composite_adjacency_list() {
    check(
        &models(
            r#"
class Folder(Base):
    __tablename__ = "folder"
    account_id = Column(Integer, primary_key=True)
    folder_id = Column(Integer, primary_key=True)
    up_id = Column(Integer)
    up = relationship("Folder", back_populates="children", remote_side=[account_id, folder_id])
    children = relationship("Folder", back_populates="up")
    __table_args__ = (
        ForeignKeyConstraint(["account_id", "up_id"], ["folder.account_id", "folder.folder_id"]),
    )
"#,
        ),
        &expect![[r#"
            Folder.up MANYTOONE scalar -> Folder (folder.account_id->folder.account_id, folder.up_id->folder.folder_id) reverse: Folder.children
            Folder.children ONETOMANY list -> Folder (folder.account_id->folder.account_id, folder.folder_id->folder.up_id) reverse: Folder.up
        "#]],
    );
}

#[test]
fn several_foreign_keys_told_apart() {
    check(
        &models(
            r#"
class City(Base):
    __tablename__ = "city"
    id = Column(Integer, primary_key=True)
class Flight(Base):
    __tablename__ = "flight"
    id = Column(Integer, primary_key=True)
    from_id = Column(ForeignKey("city.id"))
    to_id = Column(ForeignKey("city.id"))
    origin = relationship("City", foreign_keys=[from_id], backref="departures")
    target = relationship("City", foreign_keys="Flight.to_id", backref=backref("arrivals", lazy="select"))
    same = relationship(City, primaryjoin="and_(City.id == Flight.to_id, Flight.from_id > 3)", viewonly=True)
    other = relationship(City, primaryjoin=lambda: City.id == foreign(Flight.from_id), viewonly=True)
"#,
        ),
        &expect![[r#"
            City.departures ONETOMANY list -> Flight (city.id->flight.from_id) reverse: Flight.origin
            City.arrivals ONETOMANY list -> Flight (city.id->flight.to_id) reverse: Flight.target
            Flight.origin MANYTOONE scalar -> City (flight.from_id->city.id) reverse: City.departures
            Flight.target MANYTOONE scalar -> City (flight.to_id->city.id) reverse: City.arrivals
            Flight.same MANYTOONE scalar -> City (flight.to_id->city.id) reverse: 
            Flight.other MANYTOONE scalar -> City (flight.from_id->city.id) reverse: 
        "#]],
    );
}

#[test]
fn self_reference_by_remote_side_in_the_backref() {
    check(
        &models(
            r#"
class Node(Base):
    __tablename__ = "node"
    id = Column(Integer, primary_key=True)
    parent_id = Column(ForeignKey("node.id"))
    children = relationship("Node", backref=backref("parent", remote_side=[id]))
"#,
        ),
        &expect![[r#"
            Node.children ONETOMANY list -> Node (node.id->node.parent_id) reverse: Node.parent
            Node.parent MANYTOONE scalar -> Node (node.parent_id->node.id) reverse: Node.children
        "#]],
    );
}

#[test]
fn joined_and_single_inheritance() {
    check(
        &models(
            r#"
class Company(Base):
    __tablename__ = "company"
    id = Column(Integer, primary_key=True)
    people = relationship("Person", back_populates="company")
class Person(Base):
    __tablename__ = "person"
    id = Column(Integer, primary_key=True)
    company_id = Column(ForeignKey("company.id"))
    company = relationship("Company", back_populates="people")
class Engineer(Person):
    __tablename__ = "engineer"
    id = Column(ForeignKey("person.id"), primary_key=True)
    tools = relationship("Tool", back_populates="owner")
class Manager(Person):
    car_id = Column(ForeignKey("tool.id"))
class Tool(Base):
    __tablename__ = "tool"
    id = Column(Integer, primary_key=True)
    owner_id = Column(ForeignKey("engineer.id"))
    owner = relationship(Engineer, back_populates="tools")
"#,
        ),
        &expect![[r#"
            Company.people ONETOMANY list -> Person (company.id->person.company_id) reverse: Person.company
            Person.company MANYTOONE scalar -> Company (person.company_id->company.id) reverse: Company.people
            Engineer.tools ONETOMANY list -> Tool (engineer.id->tool.owner_id) reverse: Tool.owner
            Tool.owner MANYTOONE scalar -> Engineer (tool.owner_id->engineer.id) reverse: Engineer.tools
        "#]],
    );
}

#[test]
fn attributes_set_behind_the_class_and_mixins() {
    check(
        &models(
            r#"
from sqlalchemy.orm import declared_attr
class HasA:
    a_id = Column(ForeignKey("a.id"))
    @declared_attr
    def a(cls):
        return relationship("A")
class A(Base):
    __tablename__ = "a"
    id = Column(Integer, primary_key=True)
class B(HasA, Base):
    __tablename__ = "b"
    id = Column(Integer, primary_key=True)
class C(HasA, Base):
    __tablename__ = "c"
    id = Column(Integer, primary_key=True)
A.bs = relationship(B, viewonly=True)
"#,
        ),
        &expect![[r#"
            A.bs ONETOMANY list -> B (a.id->b.a_id) reverse: 
            B.a MANYTOONE scalar -> A (b.a_id->a.id) reverse: 
            C.a MANYTOONE scalar -> A (c.a_id->a.id) reverse: 
        "#]],
    );
}

#[test]
fn modules_tell_classes_of_one_name_apart() {
    check(
        r#"#- zoo/base.py
from sqlalchemy.orm import declarative_base
Base = declarative_base()
#- zoo/africa.py
from sqlalchemy import Column, ForeignKey, Integer
from .base import Base
class Elephant(Base):
    __tablename__ = "african"
    id = Column(Integer, primary_key=True)
    keeper_id = Column(ForeignKey("keeper.id"))
#- zoo/asia.py
from sqlalchemy import *
import zoo.base as home
class Elephant(home.Base):
    __tablename__ = "asian"
    id = Column(Integer, primary_key=True)
    keeper_id = Column(ForeignKey("keeper.id"))
#- zoo/keeper.py
import sqlalchemy as sa
from sqlalchemy import orm
from zoo import base
class Keeper(base.Base):
    __tablename__ = "keeper"
    id = sa.Column(sa.Integer, primary_key=True)
    african = orm.relationship("zoo.africa.Elephant")
    asian = orm.relationship("asia.Elephant", primaryjoin="Keeper.id == zoo.asia.Elephant.keeper_id")
"#,
        &expect![[r#"
            Keeper.african ONETOMANY list -> Elephant (keeper.id->african.keeper_id) reverse: 
            Keeper.asian ONETOMANY list -> Elephant (keeper.id->asian.keeper_id) reverse: 
        "#]],
    );
}
