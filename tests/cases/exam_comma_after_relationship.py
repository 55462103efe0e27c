# a comma after a relationship's closing bracket
# warning: 1.4 2.0 2.1

from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Sensor(Base):
    __tablename__ = "sensor"

    id = Column(Integer, primary_key=True)
    readings = relationship(
#   ^^^^^^^^ warning[column-tuple]
        "Reading",
        cascade="all, delete-orphan",
        lazy="selectin",
    ),


class Reading(Base):
    __tablename__ = "reading"

    id = Column(Integer, primary_key=True)
    value = Column(Integer)
    sensor_id = Column(Integer, ForeignKey("sensor.id"))
