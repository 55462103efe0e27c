# foreign_keys as a lambda
# accepted: 2.0 2.1

from typing import List
from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

class Base(DeclarativeBase):
    pass


class Airport(Base):
    __tablename__ = "airport"
    id: Mapped[int] = mapped_column(primary_key=True)
    departures: Mapped[List["Flight"]] = relationship(
        foreign_keys=lambda: [Flight.origin_id], back_populates="origin"
    )


class Flight(Base):
    __tablename__ = "flight"
    id: Mapped[int] = mapped_column(primary_key=True)
    origin_id: Mapped[int] = mapped_column(ForeignKey("airport.id"))
    target_id: Mapped[int] = mapped_column(ForeignKey("airport.id"))
    origin: Mapped["Airport"] = relationship(foreign_keys=origin_id, back_populates="departures")
    target: Mapped["Airport"] = relationship(foreign_keys="Flight.target_id")
