# one name in the metadata's default schema and outside of it: since 2.1 a string means the first, before that the second
# accepted: 1.4 2.0 2.1

from sqlalchemy import BLANK_SCHEMA, Column, ForeignKey, Integer, MetaData, Table
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base(metadata=MetaData(schema="sea"))

visit = Table(
    "visit",
    Base.metadata,
    Column("ship_id", ForeignKey("ship.id"), primary_key=True),
    Column("port_id", ForeignKey("port.id"), primary_key=True),
)
old_visit = Table(
    "visit",
    Base.metadata,
    Column("ship_id", ForeignKey("ship.id"), primary_key=True),
    Column("port_id", ForeignKey("port.id"), primary_key=True),
    schema=BLANK_SCHEMA,
)


class Ship(Base):
    __tablename__ = "ship"
    id = Column(Integer, primary_key=True)
    ports = relationship("Port", secondary="visit")


class Port(Base):
    __tablename__ = "port"
    id = Column(Integer, primary_key=True)
