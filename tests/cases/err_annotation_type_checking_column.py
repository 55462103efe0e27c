# column type imported only under TYPE_CHECKING
# error: 2.0 2.1

from __future__ import annotations

from typing import TYPE_CHECKING
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

class Base(DeclarativeBase):
    pass


if TYPE_CHECKING:
    from datetime import datetime


class Team(Base):
    __tablename__ = "team"
    id: Mapped[int] = mapped_column(primary_key=True)
    founded: Mapped[datetime] = mapped_column()
#                   ^^^^^^^^ error[annotation-unresolved]
