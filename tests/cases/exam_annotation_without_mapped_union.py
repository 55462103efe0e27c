# `Mapped` is missing from one union among many columns that have it
# error: 2.0 2.1

from __future__ import annotations

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Region(Base):
    __tablename__ = "region"

    id: Mapped[int] = mapped_column(primary_key=True)
    parent_id: int | None = mapped_column(ForeignKey("region.id"))
#              ^^^^^^^^^^ error[annotation-without-mapped]
    name: Mapped[str] = mapped_column(String(60))
    parent: Mapped[Region | None] = relationship(remote_side=[id], back_populates="parts")
    parts: Mapped[list[Region]] = relationship(back_populates="parent")
