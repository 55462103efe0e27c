# Mapped["Player | None"] and int | None columns
# accepted: 2.0 2.1

from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

class Base(DeclarativeBase):
    pass


class Player(Base):
    __tablename__ = "player"
    id: Mapped[int] = mapped_column(primary_key=True)


class Team(Base):
    __tablename__ = "team"
    id: Mapped[int] = mapped_column(primary_key=True)
    captain_id: Mapped[int | None] = mapped_column(ForeignKey("player.id"))
    captain: Mapped["Player | None"] = relationship()
    again: Mapped[Player | None] = relationship(viewonly=True)
