# the target class belongs to another declarative base
# error: 1.4 2.0 2.1

from sqlalchemy import Column, Integer
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


OtherBase = declarative_base()


class Crate(Base):
    __tablename__ = "crate"
    id = Column(Integer, primary_key=True)
    bottles = relationship("Bottle")
#                           ^^^^^^ error[unresolved-name]


class Bottle(OtherBase):
    __tablename__ = "bottle"
    id = Column(Integer, primary_key=True)
    crate_id = Column(Integer)
