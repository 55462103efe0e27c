# the reverse of a relationship is added to the mapper in another module
# accepted: 1.4 2.0 2.1

#- main.py
import zoo
import zoo_extra

#- zoo.py
from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Cage(Base):
    __tablename__ = "cage"

    id = Column(Integer, primary_key=True)


class Parrot(Base):
    __tablename__ = "parrot"

    id = Column(Integer, primary_key=True)
    cage_id = Column(ForeignKey("cage.id"))
    cage = relationship("Cage", back_populates="parrots")

#- zoo_extra.py
from sqlalchemy.orm import relationship

from zoo import Cage, Parrot

Cage.__mapper__.add_property("parrots", relationship(Parrot, back_populates="cage"))
