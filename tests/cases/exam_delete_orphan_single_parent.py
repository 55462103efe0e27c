# delete-orphan on the many-to-one side and over an association table, allowed by `single_parent`
# accepted: 1.4 2.0 2.1

from sqlalchemy import Column, ForeignKey, Integer, Table
from sqlalchemy.orm import backref, declarative_base, relationship

Base = declarative_base()

holdings = Table(
    "holdings",
    Base.metadata,
    Column("museum_id", ForeignKey("museum.id"), primary_key=True),
    Column("relic_id", ForeignKey("relic.id"), primary_key=True),
)


class Address(Base):
    __tablename__ = "address"

    id = Column(Integer, primary_key=True)


class Museum(Base):
    __tablename__ = "museum"

    id = Column(Integer, primary_key=True)
    address_id = Column(ForeignKey("address.id"))
    address = relationship(
        "Address", cascade="all, delete-orphan", single_parent=True, backref=backref("museum", uselist=False)
    )
    relics = relationship("Relic", secondary=holdings, cascade="all, delete-orphan", single_parent=True)


class Relic(Base):
    __tablename__ = "relic"

    id = Column(Integer, primary_key=True)
