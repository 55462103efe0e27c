# project helper that wraps relationship()
# accepted: 1.4 2.0 2.1

from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


def has_many(target, **kw):
    kw.setdefault("cascade", "all, delete-orphan")
    return relationship(target, **kw)


class Oak(Base):
    __tablename__ = "oak"
    id = Column(Integer, primary_key=True)
    acorns = has_many("Acorn", back_populates="oak")


class Acorn(Base):
    __tablename__ = "acorn"
    id = Column(Integer, primary_key=True)
    oak_id = Column(ForeignKey("oak.id"))
    oak = relationship("Oak", back_populates="acorns")
