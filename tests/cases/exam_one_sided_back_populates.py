# only one of two relationships says `back_populates`: the other is linked all the same
# accepted: 1.4 2.0 2.1

from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Orchard(Base):
    __tablename__ = "orchard"

    id = Column(Integer, primary_key=True)
    trees = relationship("Tree")


class Tree(Base):
    __tablename__ = "tree"

    id = Column(Integer, primary_key=True)
    orchard_id = Column(ForeignKey("orchard.id"))
    orchard = relationship("Orchard", back_populates="trees")
