# key columns that come out of shared `Annotated` types of another module
# accepted: 2.0 2.1

#- main.py
import clinic

#- clinic.py
from sqlalchemy.orm import DeclarativeBase, Mapped, relationship

from columns import doctor_fk, optional_doctor_fk, pk


class Base(DeclarativeBase):
    pass


class Doctor(Base):
    __tablename__ = "doctor"

    id: Mapped[pk]
    patients: Mapped[list["Patient"]] = relationship(
        back_populates="doctor", foreign_keys="Patient.doctor_id"
    )


class Patient(Base):
    __tablename__ = "patient"

    id: Mapped[pk]
    doctor_id: Mapped[doctor_fk]
    referred_by_id: Mapped[optional_doctor_fk]
    doctor: Mapped[Doctor] = relationship(back_populates="patients", foreign_keys="Patient.doctor_id")
    referred_by: Mapped[Doctor | None] = relationship(foreign_keys="Patient.referred_by_id")

#- columns.py
from typing import Annotated, Optional

from sqlalchemy import ForeignKey
from sqlalchemy.orm import mapped_column

pk = Annotated[int, mapped_column(primary_key=True)]
doctor_fk = Annotated[int, mapped_column(ForeignKey("doctor.id"), index=True)]
optional_doctor_fk = Annotated[Optional[int], mapped_column(ForeignKey("doctor.id"))]
