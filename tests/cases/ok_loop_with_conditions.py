# a loop that leaves something out: which tables there are cannot be told
# accepted: 1.4 2.0 2.1
# unknown: 1.4 2.0 2.1

from sqlalchemy import Column, ForeignKey, Integer, Table
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


for kind in ("north", "south", "east"):
    if kind == "east":
        break
    Table(
        f"{kind}_link",
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
