# one table name twice with extend_existing
# accepted: 1.4 2.0 2.1

from sqlalchemy import Column, Integer, String, Table
from sqlalchemy.orm import declarative_base

Base = declarative_base()


Table("crew", Base.metadata, Column("id", Integer, primary_key=True))


class Crew(Base):
    __tablename__ = "crew"
    __table_args__ = {"extend_existing": True}
    id = Column(Integer, primary_key=True)
    name = Column(String(10))
