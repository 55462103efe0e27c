# two classes of one name in two modules, short name used
# error: 1.4 2.0 2.1

#- main.py
import zoo.base
import zoo.africa
import zoo.asia
import zoo.keeper

#- zoo/__init__.py

#- zoo/africa.py
from sqlalchemy import Column, ForeignKey, Integer

from zoo.base import Base


class Elephant(Base):
    __tablename__ = "africa_elephant"
    id = Column(Integer, primary_key=True)
    keeper_id = Column(ForeignKey("keeper.id"))

#- zoo/asia.py
from sqlalchemy import Column, ForeignKey, Integer

from zoo.base import Base


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

from zoo.base import Base


class Keeper(Base):
    __tablename__ = "keeper"
    id = Column(Integer, primary_key=True)
    elephants = relationship("Elephant")
#                             ^^^^^^^^ error[multiple-classes]
