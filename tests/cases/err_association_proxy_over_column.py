# association_proxy over a column
# error: 1.4 2.0 2.1

from sqlalchemy.ext.associationproxy import association_proxy
from sqlalchemy import Column, Integer, String
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class Ship(Base):
    __tablename__ = "ship"
    id = Column(Integer, primary_key=True)
    name = Column(String(20))
    letters = association_proxy("name", "upper")
#                                ^^^^ error[association-proxy-not-relationship]
