# two bases with one MetaData; target given as a class
# accepted: 1.4 2.0 2.1

from sqlalchemy import Column, ForeignKey, Integer, MetaData
from sqlalchemy.orm import declarative_base, relationship, backref

meta = MetaData()
BaseA = declarative_base(metadata=meta)
BaseB = declarative_base(metadata=meta)


class Bee(BaseB):
    __tablename__ = "bee"
    id = Column(Integer, primary_key=True)
    hive_id = Column(ForeignKey("hive.id"))


class Hive(BaseA):
    __tablename__ = "hive"
    id = Column(Integer, primary_key=True)
    bees = relationship(Bee, backref="hive")
