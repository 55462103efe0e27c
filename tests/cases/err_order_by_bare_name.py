# order_by string is a bare column name
# error: 1.4 2.0 2.1

from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Album(Base):
    __tablename__ = "album"
    id = Column(Integer, primary_key=True)
    songs = relationship("Song", order_by="track")
#                                          ^^^^^ error[unresolved-name]


class Song(Base):
    __tablename__ = "song"
    id = Column(Integer, primary_key=True)
    track = Column(Integer)
    album_id = Column(ForeignKey("album.id"))
