# Column without a type: taken from the key's target
# accepted: 1.4 2.0 2.1

from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class A(Base):
    __tablename__ = "a"
    id = Column(Integer, primary_key=True)


class B(Base):
    __tablename__ = "b"
    id = Column(None, ForeignKey("a.id"), primary_key=True)


class C(Base):
    __tablename__ = "c"
    id = Column(ForeignKey("b.id", ondelete="CASCADE", onupdate="CASCADE"), primary_key=True)
    b = relationship("B", passive_deletes="all")
