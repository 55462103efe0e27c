# lazy="dynamic" on a collection and in a backref
# accepted: 1.4 2.0 2.1

from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import declarative_base, relationship, backref

Base = declarative_base()


class Forum(Base):
    __tablename__ = "forum"
    id = Column(Integer, primary_key=True)
    posts = relationship("Post", lazy="dynamic", back_populates="forum")


class Post(Base):
    __tablename__ = "post"
    id = Column(Integer, primary_key=True)
    forum_id = Column(ForeignKey("forum.id"))
    writer_id = Column(ForeignKey("writer.id"))
    forum = relationship("Forum", back_populates="posts")
    writer = relationship("Writer", backref=backref("posts", lazy="dynamic"))


class Writer(Base):
    __tablename__ = "writer"
    id = Column(Integer, primary_key=True)
