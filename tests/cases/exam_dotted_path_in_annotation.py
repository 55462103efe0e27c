# annotations name classes by their modules, which only type checkers import
# accepted: 2.0 2.1

#- main.py
import farm.animals
import farm.fields

#- farm/__init__.py
from farm.base import Base as Base

#- farm/animals.py
from typing import TYPE_CHECKING, Optional

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from farm import Base

if TYPE_CHECKING:
    from farm import fields


class Goat(Base):
    __tablename__ = "goat"

    id: Mapped[int] = mapped_column(primary_key=True)
    field_id: Mapped[Optional[int]] = mapped_column(ForeignKey("field.id"))
    field: Mapped[Optional["fields.Field"]] = relationship(back_populates="goats")

#- farm/base.py
from sqlalchemy.orm import DeclarativeBase


class Base(DeclarativeBase):
    pass

#- farm/fields.py
from typing import TYPE_CHECKING, Set

from sqlalchemy.orm import Mapped, mapped_column, relationship

from farm import Base

if TYPE_CHECKING:
    from farm import animals


class Field(Base):
    __tablename__ = "field"

    id: Mapped[int] = mapped_column(primary_key=True)
    goats: Mapped[Set["animals.Goat"]] = relationship(back_populates="field")
