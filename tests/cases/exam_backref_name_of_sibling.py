# the backref's name exists on a sibling of the target, which is no obstacle
# accepted: 1.4 2.0 2.1

from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Vehicle(Base):
    __tablename__ = "vehicle"

    id = Column(Integer, primary_key=True)
    kind = Column(String(10))

    __mapper_args__ = {"polymorphic_on": kind, "polymorphic_identity": "vehicle"}


class Lorry(Vehicle):
    __tablename__ = "lorry"

    id = Column(ForeignKey("vehicle.id"), primary_key=True)
    depot = Column(String(40))

    __mapper_args__ = {"polymorphic_identity": "lorry"}


class Tram(Vehicle):
    __tablename__ = "tram"

    id = Column(ForeignKey("vehicle.id"), primary_key=True)
    depot_id = Column(ForeignKey("depot.id"))

    __mapper_args__ = {"polymorphic_identity": "tram"}


class Depot(Base):
    __tablename__ = "depot"

    id = Column(Integer, primary_key=True)
    trams = relationship("Tram", backref="depot")
