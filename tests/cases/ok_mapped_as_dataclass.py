# MappedAsDataclass with init=False, default_factory, kw_only
# accepted: 2.0 2.1

from sqlalchemy.orm import MappedAsDataclass
from typing import List, Optional
from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

class Base(MappedAsDataclass, DeclarativeBase):
    pass


class Team(Base, kw_only=True):
    __tablename__ = "team"
    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    name: Mapped[str]
    players: Mapped[List["Player"]] = relationship(back_populates="team", default_factory=list)


class Player(Base):
    __tablename__ = "player"
    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), init=False)
    team: Mapped[Optional["Team"]] = relationship(back_populates="players", default=None)
