# annotation uses an import alias of the target class: the true class name is found
# accepted: 2.0 2.1

#- main.py
import club.team
import club.player

#- club/__init__.py

#- club/base.py
from sqlalchemy.orm import DeclarativeBase


class Base(DeclarativeBase):
    pass

#- club/player.py
from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base


class Player(Base):
    __tablename__ = "player"
    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))

#- club/team.py
from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Base
from .player import Player as P


class Team(Base):
    __tablename__ = "team"
    id: Mapped[int] = mapped_column(primary_key=True)
    players: Mapped[list[P]] = relationship()
    first: Mapped["P"] = relationship(viewonly=True)
