# no foreign key, typed 2.0 style
# error: 2.0 2.1

from typing import List
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

class Base(DeclarativeBase):
    pass


class Team(Base):
    __tablename__ = "team"
    id: Mapped[int] = mapped_column(primary_key=True)
    players: Mapped[List["Player"]] = relationship(back_populates="team")
#                                     ^^^^^^^^^^^^ error[no-foreign-keys]


class Player(Base):
    __tablename__ = "player"
    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int]
    team: Mapped["Team"] = relationship(back_populates="players")
