# secondary by string, the Table is in a module nobody imports
# unforeseen: 1.4 2.0 2.1

#- main.py
import films.models

#- films/__init__.py

#- films/base.py
from sqlalchemy.orm import declarative_base

Base = declarative_base()

#- films/links.py
from sqlalchemy import Column, ForeignKey, Table

from films.base import Base

casting = Table(
    "casting",
    Base.metadata,
    Column("actor_id", ForeignKey("actor.id"), primary_key=True),
    Column("film_id", ForeignKey("film.id"), primary_key=True),
)

#- films/models.py
from sqlalchemy import Column, Integer
from sqlalchemy.orm import relationship

from films.base import Base


class Actor(Base):
    __tablename__ = "actor"
    id = Column(Integer, primary_key=True)
    films = relationship("Film", secondary="casting")


class Film(Base):
    __tablename__ = "film"
    id = Column(Integer, primary_key=True)
