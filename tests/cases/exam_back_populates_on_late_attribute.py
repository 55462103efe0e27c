# the reverse was renamed where it is assigned after the class; the other side still has the old name
# error: 1.4 2.0 2.1

#- main.py
import cinema.screens
import cinema.wiring

#- cinema/__init__.py

#- cinema/screens.py
import sqlalchemy as sa
from sqlalchemy import orm

Base = orm.declarative_base()


class Hall(Base):
    __tablename__ = "hall"

    id = sa.Column(sa.Integer, primary_key=True)


class Seat(Base):
    __tablename__ = "seat"

    id = sa.Column(sa.Integer, primary_key=True)
    hall_id = sa.Column(sa.ForeignKey("hall.id"), nullable=False)
    hall = orm.relationship(Hall, back_populates="chairs")
#                                                 ^^^^^^ error[back-populates-missing]

#- cinema/wiring.py
from sqlalchemy.orm import relationship

from cinema.screens import Hall, Seat

Hall.seats = relationship(Seat, back_populates="hall", order_by=Seat.id)
