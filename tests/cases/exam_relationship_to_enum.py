# `relationship()` where a column was meant: the annotation is an enumeration
# error: 2.0 2.1

import enum

from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Colour(enum.Enum):
    RED = "red"
    GREEN = "green"


class Signal(Base):
    __tablename__ = "signal"

    id: Mapped[int] = mapped_column(primary_key=True)
    colour: Mapped[Colour] = relationship()
#                  ^^^^^^ error[unmapped-target]
