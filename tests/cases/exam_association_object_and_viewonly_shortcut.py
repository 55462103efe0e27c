# an association object with a read-only way past it, in both directions
# accepted: 2.0 2.1

from typing import List, Optional

from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Booking(Base):
    __tablename__ = "booking"

    guest_id: Mapped[int] = mapped_column(ForeignKey("guest.id"), primary_key=True)
    tour_id: Mapped[int] = mapped_column(ForeignKey("tour.id"), primary_key=True)
    wish: Mapped[Optional[str]]
    guest: Mapped["Guest"] = relationship(back_populates="bookings")
    tour: Mapped["Tour"] = relationship(back_populates="bookings")


class Guest(Base):
    __tablename__ = "guest"

    id: Mapped[int] = mapped_column(primary_key=True)
    bookings: Mapped[List["Booking"]] = relationship(back_populates="guest")
    tours: Mapped[List["Tour"]] = relationship(secondary="booking", back_populates="guests", viewonly=True)


class Tour(Base):
    __tablename__ = "tour"

    id: Mapped[int] = mapped_column(primary_key=True)
    bookings: Mapped[List["Booking"]] = relationship(back_populates="tour")
    guests: Mapped[List["Guest"]] = relationship(secondary="booking", back_populates="tours", viewonly=True)
