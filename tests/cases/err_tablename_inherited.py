# subclass of a mapped class names the parent's table again
# error: 1.4 2.0 2.1

from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class Ship(Base):
    __tablename__ = "ship"
    id = Column(Integer, primary_key=True)


class Tanker(Ship):
    __tablename__ = "ship"
#                    ^^^^ error[table-already-defined]
    id = Column(ForeignKey("ship.id"), primary_key=True)
