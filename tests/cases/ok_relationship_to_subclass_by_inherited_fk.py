# one-to-many to a joined subclass, the key is in the base table
# accepted: 1.4 2.0 2.1

from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Depot(Base):
    __tablename__ = "depot"
    id = Column(Integer, primary_key=True)
    trams = relationship("Tram", viewonly=True)


class Vehicle(Base):
    __tablename__ = "vehicle"
    id = Column(Integer, primary_key=True)
    depot_id = Column(ForeignKey("depot.id"))


class Tram(Vehicle):
    __tablename__ = "tram"
    id = Column(ForeignKey("vehicle.id"), primary_key=True)
