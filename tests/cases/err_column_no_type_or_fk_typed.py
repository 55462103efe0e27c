# Column given a string as its type: the second string is no type
# error: 1.4 2.0 2.1

from sqlalchemy import Column, Integer, String
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class Ship(Base):
    __tablename__ = "ship"
    id = Column(Integer, primary_key=True)
    name = Column("name", "String")
#                          ^^^^^^ error[schema-item-expected]
