# join within one table where every column is local: no remote side found
# error: 1.4 2.0 2.1

from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Step(Base):
    __tablename__ = "step"
    id = Column(Integer, primary_key=True)
    up_id = Column(ForeignKey("step.id"))
    up = relationship("Step", primaryjoin="Step.up_id == Step.id", remote_side="[Step.id, Step.up_id]")
#                                                                               ^^^^^^^^^^^^^^^^^^^^^ error[no-local-remote-pairs]
