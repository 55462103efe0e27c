# a key in each direction between two tables
# error: 1.4 2.0 2.1

from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Country(Base):
    __tablename__ = "country"
    id = Column(Integer, primary_key=True)
    capital_id = Column(ForeignKey("city.id"))
    cities = relationship("City")
#            ^^^^^^^^^^^^ error[ambiguous-foreign-keys]


class City(Base):
    __tablename__ = "city"
    id = Column(Integer, primary_key=True)
    country_id = Column(ForeignKey("country.id"))
