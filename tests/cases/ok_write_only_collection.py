# WriteOnlyMapped and DynamicMapped, bare class inside
# accepted: 2.0 2.1

from sqlalchemy.orm import DynamicMapped, WriteOnlyMapped
from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

class Base(DeclarativeBase):
    pass


class Forum(Base):
    __tablename__ = "forum"
    id: Mapped[int] = mapped_column(primary_key=True)
    posts: WriteOnlyMapped["Post"] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by="Post.id"
    )
    pins: DynamicMapped["Pin"] = relationship()


class Post(Base):
    __tablename__ = "post"
    id: Mapped[int] = mapped_column(primary_key=True)
    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id", ondelete="cascade"))


class Pin(Base):
    __tablename__ = "pin"
    id: Mapped[int] = mapped_column(primary_key=True)
    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id"))
