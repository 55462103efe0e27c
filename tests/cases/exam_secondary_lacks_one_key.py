# the association table is named by a string; its second column has no ForeignKey
# error: 1.4 2.0 2.1

from sqlalchemy import Column, ForeignKey, Integer, Table
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()

plays = Table(
    "plays",
    Base.metadata,
    Column("band_id", ForeignKey("band.id"), primary_key=True),
    Column("venue_id", Integer, primary_key=True),
)


class Band(Base):
    __tablename__ = "band"

    id = Column(Integer, primary_key=True)
    venues = relationship("Venue", secondary="plays", backref="bands")
#                                             ^^^^^ error[no-foreign-keys-secondary]


class Venue(Base):
    __tablename__ = "venue"

    id = Column(Integer, primary_key=True)
