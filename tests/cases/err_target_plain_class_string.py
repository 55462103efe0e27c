# string names a class that is not mapped
# error: 1.4 2.0 2.1

from sqlalchemy import Column, Integer
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Driver:
    pass


class Bus(Base):
    __tablename__ = "bus"
    id = Column(Integer, primary_key=True)
    driver = relationship("Driver")
#                          ^^^^^^ error[unresolved-name]
