# a schema of the tables has the name of the module, so the class's path is read as a table's
# error: 1.4 2.0 2.1

#- main.py
import live
import stale

#- base.py
from sqlalchemy.orm import declarative_base

Base = declarative_base()

#- live.py
from sqlalchemy import Column, Integer

from base import Base


class Job(Base):
    __tablename__ = "job"
    __table_args__ = {"schema": "live"}

    id = Column(Integer, primary_key=True)

#- stale.py
from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import relationship

from base import Base


class StaleJob(Base):
    __tablename__ = "stale_job"

    id = Column(Integer, primary_key=True)
    successor_id = Column(ForeignKey("live.job.id"))
    successor = relationship("live.Job")
#                             ^^^^^^^^ error[unresolved-name]
