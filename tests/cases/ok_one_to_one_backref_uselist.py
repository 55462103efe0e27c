# one-to-one: uselist=False inside backref()
# accepted: 1.4 2.0 2.1

from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import declarative_base, relationship, backref

Base = declarative_base()


class Person(Base):
    __tablename__ = "person"
    id = Column(Integer, primary_key=True)


class Passport(Base):
    __tablename__ = "passport"
    id = Column(Integer, primary_key=True)
    person_id = Column(ForeignKey("person.id"), unique=True)
    person = relationship("Person", backref=backref("passport", uselist=False, cascade="all, delete-orphan"))
