# string names an abstract class: it is not in the registry
# error: 1.4 2.0 2.1

from sqlalchemy import Column, Integer
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Vehicle(Base):
    __abstract__ = True
    id = Column(Integer, primary_key=True)


class Depot(Base):
    __tablename__ = "depot"
    id = Column(Integer, primary_key=True)
    vehicles = relationship("Vehicle")
#                            ^^^^^^^ error[unresolved-name]
