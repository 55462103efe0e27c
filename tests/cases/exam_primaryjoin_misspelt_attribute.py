# one of several attributes in a join condition does not exist
# error: 1.4 2.0 2.1

from sqlalchemy import Boolean, Column, ForeignKey, Integer
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class House(Base):
    __tablename__ = "house"

    id = Column(Integer, primary_key=True)
    lit_rooms = relationship(
        "Room",
        primaryjoin="and_(House.id == Room.house_id, Room.is_lit == True)",
#                                                         ^^^^^^ error[string-no-such-attr]
        viewonly=True,
    )


class Room(Base):
    __tablename__ = "room"

    id = Column(Integer, primary_key=True)
    lit = Column(Boolean)
    house_id = Column(ForeignKey("house.id"))
