# Column(key=): ForeignKey refers by key, attribute by its own name
# accepted: 1.4 2.0 2.1

from sqlalchemy import Column, ForeignKey, Integer, Table
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


team = Table(
    "team",
    Base.metadata,
    Column("team_ident", Integer, primary_key=True, key="ident"),
)


class Team(Base):
    __table__ = team
    players = relationship("Player", primaryjoin="Team.ident == Player.team_id")


class Player(Base):
    __tablename__ = "player"
    id = Column(Integer, primary_key=True)
    team_id = Column("team_fk", ForeignKey("team.ident"))
