# Mapped[Sequence["Player"]] without collection_class
# error: 2.0 2.1

from typing import Sequence
from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

class Base(DeclarativeBase):
    pass


class Team(Base):
    __tablename__ = "team"
    id: Mapped[int] = mapped_column(primary_key=True)
    players: Mapped[Sequence["Player"]] = relationship()
#                   ^^^^^^^^^^^^^^^^^^ error[annotation-abstract-collection]


class Player(Base):
    __tablename__ = "player"
    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
