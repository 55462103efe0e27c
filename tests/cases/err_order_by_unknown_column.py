# order_by string names an attribute the class lacks
# error: 1.4 2.0 2.1

from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Album(Base):
    __tablename__ = "album"
    id = Column(Integer, primary_key=True)
    songs = relationship("Song", order_by="Song.position")
#                                               ^^^^^^^^ error[string-no-such-attr]


class Song(Base):
    __tablename__ = "song"
    id = Column(Integer, primary_key=True)
    track = Column(Integer)
    album_id = Column(ForeignKey("album.id"))
