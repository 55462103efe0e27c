# joined inheritance with two keys and inherit_condition
# accepted: 1.4 2.0 2.1

from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Person(Base):
    __tablename__ = "person"
    id = Column(Integer, primary_key=True)


class Pupil(Person):
    __tablename__ = "pupil"
    id = Column(ForeignKey("person.id"), primary_key=True)
    guardian_id = Column(ForeignKey("person.id"))
    guardian = relationship("Person", foreign_keys=[guardian_id], remote_side=[Person.id])
    __mapper_args__ = {"inherit_condition": id == Person.id}
