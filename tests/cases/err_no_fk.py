# no foreign key between the two tables
# error: 1.4 2.0 2.1

from sqlalchemy import Column, Integer
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Team(Base):
    __tablename__ = "team"
    id = Column(Integer, primary_key=True)
    players = relationship("Player")
#             ^^^^^^^^^^^^ error[no-foreign-keys]


class Player(Base):
    __tablename__ = "player"
    id = Column(Integer, primary_key=True)
    team_id = Column(Integer)
