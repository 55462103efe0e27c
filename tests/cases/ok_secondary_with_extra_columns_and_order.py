# secondary with further columns, order_by on the secondary by string
# accepted: 1.4 2.0 2.1

from sqlalchemy import Column, ForeignKey, Integer, Table
from sqlalchemy.orm import declarative_base, relationship, backref

Base = declarative_base()


class Playlist(Base):
    __tablename__ = "playlist"
    id = Column(Integer, primary_key=True)
    songs = relationship("Song", secondary="entry", order_by="entry.c.position", backref="playlists")


class Song(Base):
    __tablename__ = "song"
    id = Column(Integer, primary_key=True)


Table(
    "entry",
    Base.metadata,
    Column("playlist_id", ForeignKey("playlist.id"), primary_key=True),
    Column("song_id", ForeignKey("song.id"), primary_key=True),
    Column("position", Integer),
)
