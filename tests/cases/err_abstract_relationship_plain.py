# relationship on an abstract base without declared_attr
# error: 1.4 2.0 2.1

from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Animal(Base):
    __abstract__ = True
    id = Column(Integer, primary_key=True)
    tags = relationship("Tag")
#   ^^^^ error[mixin-relationship]


class Dog(Animal):
    __tablename__ = "dog"


class Tag(Base):
    __tablename__ = "tag"
    id = Column(Integer, primary_key=True)
    dog_id = Column(ForeignKey("dog.id"))
