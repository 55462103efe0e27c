# the backref's name is taken on the class that the target inherits from
# error: 1.4 2.0 2.1

from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Airline(Base):
    __tablename__ = "airline"

    id = Column(Integer, primary_key=True)
    pilots = relationship("Pilot", backref="airline")
#                                           ^^^^^^^ error[backref-name-exists]


class Crew(Base):
    __tablename__ = "crew"

    id = Column(Integer, primary_key=True)
    kind = Column(String(10))
    airline_id = Column(ForeignKey("airline.id"))
    airline = relationship("Airline", viewonly=True)

    __mapper_args__ = {"polymorphic_on": kind, "polymorphic_identity": "crew"}


class Pilot(Crew):
    __tablename__ = "pilot"

    id = Column(ForeignKey("crew.id"), primary_key=True)
    licence = Column(String(20))

    __mapper_args__ = {"polymorphic_identity": "pilot"}
