# functions of another file make classes and tables of the names that models give them
# accepted: 1.4 2.0 2.1
# unknown: 1.4 2.0 2.1

#- main.py
import models

#- making.py
from sqlalchemy import Column, Integer, Table


def make(name, *bases):
    return type(name, bases, {"__tablename__": name.lower(), "id": Column(Integer, primary_key=True)})


def define(name, metadata):
    Table(name, metadata, Column("id", Integer, primary_key=True))

#- models.py
from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import declarative_base, relationship

from making import define, make

Base = declarative_base()


class Child(Base):
    __tablename__ = "child"
    id = Column(Integer, primary_key=True)
    friend_id = Column(Integer, ForeignKey("friend.id"))
    dog_id = Column(Integer, ForeignKey("dog.id"))
    dog = relationship("Dog")


for name in ["Dog", "Cat"]:
    make(name, Base)
for name in ["friend", "foe"]:
    define(name, Base.metadata)
