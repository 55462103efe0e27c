# one name in two joined subclasses over one key: siblings do not overlap
# accepted: 1.4 2.0 2.1

from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Owner(Base):
    __tablename__ = "owner"
    id = Column(Integer, primary_key=True)


class Animal(Base):
    __tablename__ = "animal"
    id = Column(Integer, primary_key=True)
    kind = Column(String(10))
    owner_id = Column(ForeignKey("owner.id"))
    __mapper_args__ = {"polymorphic_on": kind, "polymorphic_identity": "animal"}


class Dog(Animal):
    master = relationship("Owner")
    __mapper_args__ = {"polymorphic_identity": "dog"}


class Cat(Animal):
    slave = relationship("Owner")
    __mapper_args__ = {"polymorphic_identity": "cat"}
