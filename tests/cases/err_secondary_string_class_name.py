# secondary string names a mapped class
# error: 1.4 2.0 2.1

from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Casting(Base):
    __tablename__ = "castings"
    actor_id = Column(ForeignKey("actor.id"), primary_key=True)
    film_id = Column(ForeignKey("film.id"), primary_key=True)


class Actor(Base):
    __tablename__ = "actor"
    id = Column(Integer, primary_key=True)
    films = relationship("Film", secondary="Casting")
#                                           ^^^^^^^ error[secondary-mapped-class]


class Film(Base):
    __tablename__ = "film"
    id = Column(Integer, primary_key=True)
