# @reg.mapped_as_dataclass decorator
# accepted: 2.0 2.1

from sqlalchemy.orm import registry
from typing import List, Optional
from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

reg = registry()


@reg.mapped_as_dataclass
class Team:
    __tablename__ = "team"
    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    players: Mapped[List["Player"]] = relationship(default_factory=list, back_populates="team")


@reg.mapped_as_dataclass(kw_only=True)
class Player:
    __tablename__ = "player"
    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    team_id: Mapped[Optional[int]] = mapped_column(ForeignKey("team.id"), default=None)
    team: Mapped[Optional["Team"]] = relationship(back_populates="players", default=None)
