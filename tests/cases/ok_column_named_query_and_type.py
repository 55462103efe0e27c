# attribute names that look reserved but are fine: query, type, session, model, registry_id
# accepted: 1.4 2.0 2.1

from sqlalchemy import Column, Integer, String
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class Thing(Base):
    __tablename__ = "thing"
    id = Column(Integer, primary_key=True)
    query = Column(String(10))
    type = Column(String(10))
    session = Column(String(10))
    metadata_ = Column("metadata", String(10))
    registry_id = Column(Integer)
