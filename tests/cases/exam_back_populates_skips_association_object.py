# a shortcut over the association table claims the association object's attribute as its reverse
# error: 2.0 2.1

from typing import List

from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Rating(Base):
    __tablename__ = "rating"

    reader_id: Mapped[int] = mapped_column(ForeignKey("reader.id"), primary_key=True)
    novel_id: Mapped[int] = mapped_column(ForeignKey("novel.id"), primary_key=True)
    stars: Mapped[int]
    reader: Mapped["Reader"] = relationship(back_populates="ratings")
    novel: Mapped["Novel"] = relationship(back_populates="ratings")


class Reader(Base):
    __tablename__ = "reader"

    id: Mapped[int] = mapped_column(primary_key=True)
    ratings: Mapped[List["Rating"]] = relationship(back_populates="reader")
    novels: Mapped[List["Novel"]] = relationship(
        secondary="rating", back_populates="ratings", viewonly=True
#                                           ^^^^^^^ error[back-populates-wrong-mapper]
    )


class Novel(Base):
    __tablename__ = "novel"

    id: Mapped[int] = mapped_column(primary_key=True)
    ratings: Mapped[List["Rating"]] = relationship(back_populates="novel")
