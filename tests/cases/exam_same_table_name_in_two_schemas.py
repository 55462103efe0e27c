# one table name in two schemas; classes of different names, keys with schema
# accepted: 1.4 2.0 2.1

#- main.py
import live
import stale

#- base.py
from sqlalchemy.orm import declarative_base

Base = declarative_base()

#- live.py
from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import relationship

from base import Base


class Job(Base):
    __tablename__ = "job"
    __table_args__ = {"schema": "live"}

    id = Column(Integer, primary_key=True)
    runs = relationship("Run", back_populates="job")


class Run(Base):
    __tablename__ = "run"
    __table_args__ = {"schema": "live"}

    id = Column(Integer, primary_key=True)
    job_id = Column(ForeignKey("live.job.id"))
    job = relationship("Job", back_populates="runs")

#- stale.py
from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import relationship

from base import Base


class StaleJob(Base):
    __tablename__ = "job"
    __table_args__ = ({"schema": "stale"})

    id = Column(Integer, primary_key=True)
    successor_id = Column(ForeignKey("live.job.id"))
    successor = relationship("Job")
