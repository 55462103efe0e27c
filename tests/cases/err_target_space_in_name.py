# stray blank in the class name string
# error: 1.4 2.0 2.1

from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Pond(Base):
    __tablename__ = "pond"
    id = Column(Integer, primary_key=True)
    ducks = relationship("Duck ")
#                         ^^^^^ error[unresolved-name]


class Duck(Base):
    __tablename__ = "duck"
    id = Column(Integer, primary_key=True)
    pond_id = Column(ForeignKey("pond.id"))
