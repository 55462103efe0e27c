# association_proxy over an attribute that a backref makes
# accepted: 1.4 2.0 2.1

from sqlalchemy.ext.associationproxy import association_proxy
from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.orm import declarative_base, relationship, backref

Base = declarative_base()


class Garage(Base):
    __tablename__ = "garage"
    id = Column(Integer, primary_key=True)
    plates = association_proxy("cars", "plate")


class Car(Base):
    __tablename__ = "car"
    id = Column(Integer, primary_key=True)
    plate = Column(String(8))
    garage_id = Column(ForeignKey("garage.id"))
    garage = relationship("Garage", backref="cars")
