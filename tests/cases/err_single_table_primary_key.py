# single-table subclass with a primary key of its own
# error: 1.4 2.0 2.1

from sqlalchemy import Column, Integer, String
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class Animal(Base):
    __tablename__ = "animal"
    id = Column(Integer, primary_key=True)
    kind = Column(String(10))
    __mapper_args__ = {"polymorphic_on": kind, "polymorphic_identity": "animal"}


class Dog(Animal):
    dog_id = Column(Integer, primary_key=True)
#   ^^^^^^ error[single-table-pk]
    __mapper_args__ = {"polymorphic_identity": "dog"}
