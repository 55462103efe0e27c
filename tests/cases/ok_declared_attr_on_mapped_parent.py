# declared_attr on a mapped class, inherited by a single-table subclass
# accepted: 1.4 2.0 2.1

from sqlalchemy.orm import declared_attr
from sqlalchemy import Column, Integer, String
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class Animal(Base):
    __tablename__ = "animal"
    id = Column(Integer, primary_key=True)
    kind = Column(String(10))
    __mapper_args__ = {"polymorphic_on": kind, "polymorphic_identity": "animal"}

    @declared_attr
    def weight(cls):
        return Column(Integer)


class Dog(Animal):
    __mapper_args__ = {"polymorphic_identity": "dog"}
