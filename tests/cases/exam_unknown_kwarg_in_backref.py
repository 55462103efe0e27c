# an option of columns inside `backref()`
# error: 1.4 2.0 2.1

from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import backref, declarative_base, relationship

Base = declarative_base()


class Lake(Base):
    __tablename__ = "lake"

    id = Column(Integer, primary_key=True)


class Island(Base):
    __tablename__ = "island"

    id = Column(Integer, primary_key=True)
    lake_id = Column(ForeignKey("lake.id"), nullable=False)
    lake = relationship("Lake", backref=backref("islands", lazy="selectin", nullable=False))
#                                                                           ^^^^^^^^ error[relationship-unknown-kwarg]
