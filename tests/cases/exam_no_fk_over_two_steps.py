# grandparent to grandchild: keys lead there only by way of the table between
# error: 2.0 2.1

from typing import List

from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Publisher(Base):
    __tablename__ = "publisher"

    id: Mapped[int] = mapped_column(primary_key=True)
    series: Mapped[List["Series"]] = relationship(back_populates="publisher")
    volumes: Mapped[List["Volume"]] = relationship(viewonly=True)
#                                     ^^^^^^^^^^^^ error[no-foreign-keys]


class Series(Base):
    __tablename__ = "series"

    id: Mapped[int] = mapped_column(primary_key=True)
    publisher_id: Mapped[int] = mapped_column(ForeignKey("publisher.id"))
    publisher: Mapped["Publisher"] = relationship(back_populates="series")
    volumes: Mapped[List["Volume"]] = relationship(back_populates="series")


class Volume(Base):
    __tablename__ = "volume"

    id: Mapped[int] = mapped_column(primary_key=True)
    series_id: Mapped[int] = mapped_column(ForeignKey("series.id"))
    series: Mapped["Series"] = relationship(back_populates="volumes")
