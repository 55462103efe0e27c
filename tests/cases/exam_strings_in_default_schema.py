# the MetaData has a default schema: since 2.1 the strings of relationships may leave it out
# error: 1.4 2.0
# accepted: 2.1

from sqlalchemy import BLANK_SCHEMA, Column, ForeignKey, Integer, MetaData, Table
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base(metadata=MetaData(schema="sea"))

visit = Table(
    "visit",
    Base.metadata,
    Column("ship_id", ForeignKey("ship.id"), primary_key=True),
    Column("port_id", ForeignKey("sea.port.id"), primary_key=True),
    schema=None,
)


class Ship(Base):
    __tablename__ = "ship"
    __table_args__ = {"schema": None}
    id = Column(Integer, primary_key=True)
    ports = relationship("Port", secondary="visit", viewonly=True)
#                                           ^^^^^ error[unresolved-name]
    far = relationship(
        "Port",
        secondary=visit,
        primaryjoin="Ship.id == visit.c.ship_id",
#                               ^^^^^ error[unresolved-name]
        viewonly=True,
    )
    qualified = relationship("Port", secondary="sea.visit", viewonly=True)


class Port(Base):
    __tablename__ = "port"
    id = Column(Integer, primary_key=True)
