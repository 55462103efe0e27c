# two classes of one name told apart by full and by partial path
# accepted: 1.4 2.0 2.1

#- main.py
import zoo.africa
import zoo.asia
import zoo.keeper

#- zoo/__init__.py

#- zoo/africa.py
from sqlalchemy import Column, ForeignKey, Integer

from .base import Base


class Elephant(Base):
    __tablename__ = "africa_elephant"
    id = Column(Integer, primary_key=True)
    keeper_id = Column(ForeignKey("keeper.id"))

#- zoo/asia.py
from sqlalchemy import Column, ForeignKey, Integer

from .base import Base


class Elephant(Base):
    __tablename__ = "asia_elephant"
    id = Column(Integer, primary_key=True)
    keeper_id = Column(ForeignKey("keeper.id"))

#- zoo/base.py
from sqlalchemy.orm import declarative_base

Base = declarative_base()

#- zoo/keeper.py
from sqlalchemy import Column, Integer
from sqlalchemy.orm import relationship

from .base import Base


class Keeper(Base):
    __tablename__ = "keeper"
    id = Column(Integer, primary_key=True)
    african = relationship("zoo.africa.Elephant")
    asian = relationship("asia.Elephant", primaryjoin="Keeper.id == zoo.asia.Elephant.keeper_id")
