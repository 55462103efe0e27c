# under `from __future__ import annotations`: what relationships name may be missing when the class is made
# accepted: 2.0 2.1

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated, List, Optional

from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.orm import DeclarativeBase, Mapped, deferred, mapped_column, registry, relationship

if TYPE_CHECKING:
    from decimal import Decimal

try:
    from zoneinfo import ZoneInfo
except ImportError:
    ZoneInfo = None

if TYPE_CHECKING:
    Code = str
else:
    Code = Annotated[str, mapped_column(String(5))]


class Base(DeclarativeBase):
    registry = registry()


class Team(Base):
    __tablename__ = "team"
    id: Mapped[int] = mapped_column(primary_key=True)
    since: Mapped[dt.datetime]
    until: Mapped[Optional[dt.date]]
    code: Mapped[Code]
    number: Mapped[Decimal] = Column(Integer)
    slow: Mapped[Decimal] = deferred(Column(Integer))
    players: Mapped[List[Player]] = relationship(back_populates="team")
    best: Mapped[Player | None] = relationship(viewonly=True)

    if TYPE_CHECKING:
        price: Mapped[Decimal]

    def cost(self) -> Decimal:
        return 0


class Player(Base):
    __tablename__ = "player"
    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    team: Mapped["Team"] = relationship(back_populates="players")
