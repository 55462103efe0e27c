# the usual naming convention, with a key to a later table
# accepted: 1.4 2.0 2.1

from sqlalchemy import Column, ForeignKey, Integer, MetaData
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base(
    metadata=MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
)


class Player(Base):
    __tablename__ = "player"
    id = Column(Integer, primary_key=True)
    team_id = Column(ForeignKey("team.id"), index=True)
    team = relationship("Team")


class Team(Base):
    __tablename__ = "team"
    id = Column(Integer, primary_key=True)
