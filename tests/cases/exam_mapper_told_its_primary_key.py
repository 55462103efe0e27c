# a table without primary key, whose key columns the mapper is told
# accepted: 1.4 2.0 2.1

from sqlalchemy import Column, ForeignKey, Integer, Table
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()

stock = Table(
    "stock",
    Base.metadata,
    Column("depot_id", Integer, ForeignKey("depot.id")),
    Column("part_no", Integer),
    Column("amount", Integer),
)


class Depot(Base):
    __tablename__ = "depot"

    id = Column(Integer, primary_key=True)
    stock = relationship("Stock", back_populates="depot")


class Stock(Base):
    __table__ = stock
    __mapper_args__ = {"primary_key": [stock.c.depot_id, stock.c.part_no]}

    depot = relationship("Depot", back_populates="stock")
