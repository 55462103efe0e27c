# relationship(default=[]) in a dataclass
# error: 2.0 2.1

from sqlalchemy.orm import MappedAsDataclass
from typing import List
from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

class Base(MappedAsDataclass, DeclarativeBase):
    pass


class Team(Base):
    __tablename__ = "team"
    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    players: Mapped[List["Player"]] = relationship(default=[])
#                                                  ^^^^^^^ error[dataclass-relationship-default]


class Player(Base):
    __tablename__ = "player"
    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), init=False)
