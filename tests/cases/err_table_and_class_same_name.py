# Table and a class with one table name
# error: 1.4 2.0 2.1

from sqlalchemy import Column, Integer, Table
from sqlalchemy.orm import declarative_base

Base = declarative_base()


Table("crew", Base.metadata, Column("id", Integer, primary_key=True))


class Crew(Base):
    __tablename__ = "crew"
#                    ^^^^ error[table-already-defined]
    id = Column(Integer, primary_key=True)
