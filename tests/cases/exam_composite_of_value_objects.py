# a value object over two columns: its class is neither mapped nor an SQL type
# accepted: 2.0 2.1

import dataclasses

from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, composite, mapped_column, relationship


@dataclasses.dataclass
class Point:
    x: int
    y: int


class Base(DeclarativeBase):
    pass


class Drawing(Base):
    __tablename__ = "drawing"

    id: Mapped[int] = mapped_column(primary_key=True)
    lines: Mapped[list["Line"]] = relationship(back_populates="drawing")


class Line(Base):
    __tablename__ = "line"

    id: Mapped[int] = mapped_column(primary_key=True)
    drawing_id: Mapped[int] = mapped_column(ForeignKey("drawing.id"))
    start: Mapped[Point] = composite(mapped_column("x1"), mapped_column("y1"))
    end: Mapped[Point] = composite(mapped_column("x2"), mapped_column("y2"))
    drawing: Mapped["Drawing"] = relationship(back_populates="lines")
