# one function makes the foreign keys of several classes, another the classes of a second base
# accepted: 1.4 2.0 2.1

from sqlalchemy import Column, ForeignKey, Integer, UniqueConstraint
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()

def key(target, nullable):
    return Column(ForeignKey(f"{target}.id"), nullable=nullable)


class Owner(Base):
    __tablename__ = "owner"
    id = Column(Integer, primary_key=True)


class Cat(Base):
    __tablename__ = "cat"
    __table_args__ = (UniqueConstraint("owner_id"),)
    id = Column(Integer, primary_key=True)
    owner_id = key("owner", False)
    owner = relationship("Owner")


class Dog(Base):
    __tablename__ = "dog"
    __table_args__ = (UniqueConstraint("keeper_id"),)
    id = Column(Integer, primary_key=True)
    keeper_id = key("owner", True)
    keeper = relationship("Owner")


#- copies.py
from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import declarative_base, relationship
import models

Copies = declarative_base()


def copied(cls):
    return type(cls.__name__, (Copies,), {"__tablename__": cls.__tablename__, "id": Column(Integer, primary_key=True)})


OwnerCopy = copied(models.Owner)


class Toy(Copies):
    __tablename__ = "toy"
    id = Column(Integer, primary_key=True)
    owner_id = Column(ForeignKey("owner.id"))
    owner = relationship("Owner")
