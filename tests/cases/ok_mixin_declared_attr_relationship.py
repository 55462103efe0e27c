# mixin with declared_attr relationship and foreign key
# accepted: 1.4 2.0 2.1

from sqlalchemy.orm import declared_attr
from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import declarative_base, relationship, backref

Base = declarative_base()


class Target(Base):
    __tablename__ = "target"
    id = Column(Integer, primary_key=True)


class RefTarget:
    @declared_attr
    def target_id(cls):
        return Column("target_id", ForeignKey("target.id"))

    @declared_attr
    def target(cls):
        return relationship("Target", backref=cls.__name__.lower() + "s")


class Foo(RefTarget, Base):
    __tablename__ = "foo"
    id = Column(Integer, primary_key=True)


class Bar(RefTarget, Base):
    __tablename__ = "bar"
    id = Column(Integer, primary_key=True)
