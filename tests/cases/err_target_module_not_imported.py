# the target class is in a module nobody imports
# unforeseen: 1.4 2.0 2.1

#- main.py
import garage.car

#- garage/__init__.py

#- garage/base.py
from sqlalchemy.orm import declarative_base

Base = declarative_base()

#- garage/car.py
from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import relationship

from .base import Base


class Car(Base):
    __tablename__ = "car"
    id = Column(Integer, primary_key=True)
    owner_id = Column(ForeignKey("owner.id"))
    owner = relationship("Owner")

#- garage/owner.py
from sqlalchemy import Column, Integer

from .base import Base


class Owner(Base):
    __tablename__ = "owner"
    id = Column(Integer, primary_key=True)
