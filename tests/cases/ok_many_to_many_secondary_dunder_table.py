# secondary is Class.__table__, other side viewonly
# accepted: 1.4 2.0 2.1

from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Casting(Base):
    __tablename__ = "casting"
    actor_id = Column(ForeignKey("actor.id"), primary_key=True)
    film_id = Column(ForeignKey("film.id"), primary_key=True)


class Actor(Base):
    __tablename__ = "actor"
    id = Column(Integer, primary_key=True)
    films = relationship("Film", secondary=Casting.__table__)


class Film(Base):
    __tablename__ = "film"
    id = Column(Integer, primary_key=True)
    actors = relationship("Actor", secondary=Casting.__table__, viewonly=True)
