# PrimaryKeyConstraint names a column the table lacks
# error: 1.4 2.0 2.1

from sqlalchemy import Column, Integer, PrimaryKeyConstraint
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class Ship(Base):
    __tablename__ = "ship"
    a = Column(Integer)
    b = Column(Integer)
    __table_args__ = (PrimaryKeyConstraint("a", "c"),)
#                                                ^ error[constraint-unknown-column]
