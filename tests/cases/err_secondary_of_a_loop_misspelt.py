# a table that a loop would make under another name
# error: 1.4 2.0 2.1

from sqlalchemy import Column, ForeignKey, Integer, Table
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


for kind in ("north", "south"):
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
    easts = relationship("B", secondary="east_link")
#                                        ^^^^^^^^^ error[unresolved-name]


class B(Base):
    __tablename__ = "b"
    id = Column(Integer, primary_key=True)
