# no foreign key at all, foreign() in primaryjoin
# accepted: 1.4 2.0 2.1

from sqlalchemy import Column, Integer, String
from sqlalchemy.orm import declarative_base, relationship, backref, foreign

Base = declarative_base()


class Visitor(Base):
    __tablename__ = "visitor"
    id = Column(Integer, primary_key=True)
    email = Column(String(50))
    passes = relationship("Pass", primaryjoin="Visitor.email == foreign(Pass.email)", backref="visitor")


class Pass(Base):
    __tablename__ = "pass"
    id = Column(Integer, primary_key=True)
    email = Column(String(50))
