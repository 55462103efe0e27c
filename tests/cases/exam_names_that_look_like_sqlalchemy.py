# a `relationship` and a `Column` of the project's own, and a mapped class called `Relationship`
# accepted: 1.4 2.0 2.1

#- main.py
import people
import graph

#- drawing.py
from dataclasses import dataclass


@dataclass
class Column:
    name: str
    key: object = None


def ForeignKey(target):
    return target


def relationship(target, back_populates=None, cascade="none"):
    return (target, back_populates, cascade)

#- graph.py
from drawing import Column, ForeignKey, relationship


class Graph:
    __tablename__ = "nodes"

    edges = relationship("Edge", back_populates="nowhere", cascade="loose")
    owner_id = Column("owner", ForeignKey("owners.id"))
    trailing = relationship("Nothing"),

#- people.py
from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy import orm

Base = orm.declarative_base()


class Relationship(Base):
    __tablename__ = "relationship"

    id = Column(Integer, primary_key=True)
    backref = Column(Integer)
    people = orm.relationship("Person", back_populates="relationship")


class Person(Base):
    __tablename__ = "person"

    id = Column(Integer, primary_key=True)
    relationship_id = Column(ForeignKey("relationship.id"))
    relationship = orm.relationship(Relationship, back_populates="people")
