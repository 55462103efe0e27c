# Table made in a loop with computed names
# accepted: 1.4 2.0 2.1

from sqlalchemy import Column, ForeignKey, Integer, Table
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


for _name in ("north", "south"):
    Table(
        "%s_link" % _name,
        Base.metadata,
        Column("a_id", ForeignKey("a.id"), primary_key=True),
        Column("b_id", ForeignKey("b.id"), primary_key=True),
    )


class A(Base):
    __tablename__ = "a"
    id = Column(Integer, primary_key=True)
    norths = relationship("B", secondary="north_link")
    souths = relationship("B", secondary="south_link")


class B(Base):
    __tablename__ = "b"
    id = Column(Integer, primary_key=True)
