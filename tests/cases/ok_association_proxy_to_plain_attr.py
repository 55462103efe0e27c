# association_proxy to a plain Python property of the target
# accepted: 1.4 2.0 2.1

from sqlalchemy.ext.associationproxy import association_proxy
from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Garage(Base):
    __tablename__ = "garage"
    id = Column(Integer, primary_key=True)
    cars = relationship("Car")
    labels = association_proxy("cars", "label")


class Car(Base):
    __tablename__ = "car"
    id = Column(Integer, primary_key=True)
    garage_id = Column(ForeignKey("garage.id"))

    @property
    def label(self):
        return "car %s" % self.id
