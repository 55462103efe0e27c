# __table__ and a further Column in the class
# error: 1.4 2.0 2.1

from sqlalchemy import Column, Integer, String, Table
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class Ship(Base):
    __table__ = Table("ship", Base.metadata, Column("id", Integer, primary_key=True))
    name = Column(String(20))
#   ^^^^ error[extra-column-with-table]
