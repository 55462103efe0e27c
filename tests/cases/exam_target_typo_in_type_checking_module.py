# the annotation misspells a class of a module that is imported for type checkers alone
# error: 2.0 2.1

#- main.py
import depot.parcel
import depot.courier

#- depot/__init__.py

#- depot/base.py
from sqlalchemy.orm import DeclarativeBase


class Base(DeclarativeBase):
    pass

#- depot/courier.py
from __future__ import annotations

from typing import TYPE_CHECKING, List

from sqlalchemy.orm import Mapped, mapped_column, relationship

from depot.base import Base

if TYPE_CHECKING:
    from depot.parcel import Parcel


class Courier(Base):
    __tablename__ = "courier"

    id: Mapped[int] = mapped_column(primary_key=True)
    parcels: Mapped[List[Parcell]] = relationship(back_populates="courier")
#                        ^^^^^^^ error[unresolved-name]

#- depot/parcel.py
from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from depot.base import Base
from depot.courier import Courier


class Parcel(Base):
    __tablename__ = "parcel"

    id: Mapped[int] = mapped_column(primary_key=True)
    courier_id: Mapped[int] = mapped_column(ForeignKey(Courier.id))
    courier: Mapped[Courier] = relationship(back_populates="parcels")
