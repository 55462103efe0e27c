# write-only and dynamic collections by annotation alone, with passive deletes
# accepted: 2.0 2.1

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, DynamicMapped, Mapped, WriteOnlyMapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Meter(Base):
    __tablename__ = "meter"

    id: Mapped[int] = mapped_column(primary_key=True)
    pulses: WriteOnlyMapped["Pulse"] = relationship(
        back_populates="meter",
        cascade="all, delete-orphan",
        passive_deletes=True,
        order_by="Pulse.at",
    )
    alarms: DynamicMapped["Alarm"] = relationship(passive_deletes="all", cascade="save-update, merge")


class Pulse(Base):
    __tablename__ = "pulse"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    meter_id: Mapped[int] = mapped_column(ForeignKey("meter.id", ondelete="cascade"))
    meter: Mapped["Meter"] = relationship(back_populates="pulses")


class Alarm(Base):
    __tablename__ = "alarm"

    id: Mapped[int] = mapped_column(primary_key=True)
    meter_id: Mapped[int] = mapped_column(ForeignKey("meter.id"))
