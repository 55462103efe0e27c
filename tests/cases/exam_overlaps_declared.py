# writable secondary beside the association object, with `overlaps` naming what conflicts
# accepted: 1.4 2.0 2.1

from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Entry(Base):
    __tablename__ = "entry"

    runner_id = Column(ForeignKey("runner.id"), primary_key=True)
    race_id = Column(ForeignKey("race.id"), primary_key=True)
    number = Column(Integer)
    runner = relationship("Runner", back_populates="entries", overlaps="races,runners")
    race = relationship("Race", back_populates="entries", overlaps="races,runners")


class Runner(Base):
    __tablename__ = "runner"

    id = Column(Integer, primary_key=True)
    entries = relationship("Entry", back_populates="runner", overlaps="races,runners")
    races = relationship("Race", secondary="entry", back_populates="runners", overlaps="entries,runner,race")


class Race(Base):
    __tablename__ = "race"

    id = Column(Integer, primary_key=True)
    entries = relationship("Entry", back_populates="race", overlaps="races,runners")
    runners = relationship("Runner", secondary="entry", back_populates="races", overlaps="entries,runner,race")
