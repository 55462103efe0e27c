# the two halves of a many-to-many do not know each other
# warning: 2.0 2.1

from typing import List

from sqlalchemy import Column, ForeignKey, Table
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


stocked = Table(
    "stocked",
    Base.metadata,
    Column("shop_id", ForeignKey("shop.id"), primary_key=True),
    Column("cheese_id", ForeignKey("cheese.id"), primary_key=True),
)


class Shop(Base):
    __tablename__ = "shop"

    id: Mapped[int] = mapped_column(primary_key=True)
    cheeses: Mapped[List["Cheese"]] = relationship(secondary=stocked)


class Cheese(Base):
    __tablename__ = "cheese"

    id: Mapped[int] = mapped_column(primary_key=True)
    shops: Mapped[List["Shop"]] = relationship(secondary=stocked)
#                                 ^^^^^^^^^^^^ warning[overlaps]
