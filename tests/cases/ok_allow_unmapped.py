# __allow_unmapped__ with plain annotations
# accepted: 2.0 2.1

from typing import List
from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Team(Base):
    __tablename__ = "team"
    __allow_unmapped__ = True
    id: int = Column(Integer, primary_key=True)
    players: List["Player"] = relationship("Player", back_populates="team")


class Player(Base):
    __tablename__ = "player"
    __allow_unmapped__ = True
    id: int = Column(Integer, primary_key=True)
    team_id: int = Column(ForeignKey("team.id"))
    team: "Team" = relationship("Team", back_populates="players")
    cached: int = 0
