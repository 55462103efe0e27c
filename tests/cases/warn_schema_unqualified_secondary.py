# secondary names a table outside of the metadata's default schema
# accepted: 1.4 2.0
# warning: 2.1

from sqlalchemy import BLANK_SCHEMA, Column, ForeignKey, Integer, MetaData, Table
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base(metadata=MetaData(schema="sea"))

visit = Table(
    "visit",
    Base.metadata,
    Column("ship_id", ForeignKey("sea.ship.id"), primary_key=True),
    Column("port_id", ForeignKey("port.id"), primary_key=True),
    schema=BLANK_SCHEMA,
)


class Ship(Base):
    __tablename__ = "ship"
    id = Column(Integer, primary_key=True)
    ports = relationship("Port", secondary="visit", viewonly=True)
#                                           ^^^^^ hint[schema-unqualified-name]
    first = relationship(
        "Port",
        secondary=visit,
        primaryjoin="Ship.id == visit.c.ship_id",
#                               ^^^^^ hint[schema-unqualified-name]
        secondaryjoin="and_(Port.id == visit.c.port_id, Port.id < 9)",
#                                      ^^^^^ hint[schema-unqualified-name]
        viewonly=True,
    )
    last = relationship("Port", secondary=lambda: visit, viewonly=True)


class Port(Base):
    __tablename__ = "port"
    id = Column(Integer, primary_key=True)
    ships = relationship("Ship", secondary=visit)
