# ForeignKey by string to a table of another MetaData
# error: 1.4 2.0 2.1

from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


OtherBase = declarative_base()


class Team(OtherBase):
    __tablename__ = "team"
    id = Column(Integer, primary_key=True)


class Player(Base):
    __tablename__ = "player"
    id = Column(Integer, primary_key=True)
    team_id = Column(ForeignKey("team.id"))
#                                ^^^^ error[fk-unknown-table]
    team = relationship(Team)
