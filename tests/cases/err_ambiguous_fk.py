# two foreign keys to one table and no foreign_keys
# error: 1.4 2.0 2.1

from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Airport(Base):
    __tablename__ = "airport"
    id = Column(Integer, primary_key=True)


class Flight(Base):
    __tablename__ = "flight"
    id = Column(Integer, primary_key=True)
    origin_id = Column(ForeignKey("airport.id"))
    destination_id = Column(ForeignKey("airport.id"))
    origin = relationship("Airport")
#            ^^^^^^^^^^^^ error[ambiguous-foreign-keys]
    destination = relationship("Airport")
#                 ^^^^^^^^^^^^ error[ambiguous-foreign-keys]
