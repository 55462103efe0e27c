# join conditions and orders as strings: `and_`, `func`, `desc`, tables' names, a tuple, `getattr`
# accepted: 1.4 2.0 2.1

from sqlalchemy import Boolean, Column, DateTime, ForeignKey, Integer, String
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Topic(Base):
    __tablename__ = "topic"

    id = Column(Integer, primary_key=True)
    posts = relationship("Post", back_populates="topic", order_by="(Post.pinned.desc(), Post.written)")
    pinned = relationship(
        "Post",
        primaryjoin="and_(topic.c.id == post.c.topic_id, post.c.pinned.is_(True))",
        order_by="desc(func.coalesce(Post.edited, Post.written))",
        viewonly=True,
    )
    untitled = relationship(
        "Post",
        primaryjoin="and_(Topic.id == Post.topic_id, func.length(Post.title) == 0)",
        foreign_keys="getattr(Post, 'topic_id')",
        viewonly=True,
    )


class Post(Base):
    __tablename__ = "post"

    id = Column(Integer, primary_key=True)
    topic_id = Column(ForeignKey("topic.id"))
    title = Column(String(50))
    pinned = Column(Boolean)
    written = Column(DateTime)
    edited = Column(DateTime)
    topic = relationship("Topic", back_populates="posts")
