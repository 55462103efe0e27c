# the tables' prefix is a constant of another module; keys are built from it
# accepted: 2.0 2.1

#- main.py
import forum

#- forum.py
from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from settings import PREFIX, USERS


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = USERS

    id: Mapped[int] = mapped_column(primary_key=True)
    topics: Mapped[list["Topic"]] = relationship(back_populates="author")


class Topic(Base):
    __tablename__ = PREFIX + "topic"

    id: Mapped[int] = mapped_column(primary_key=True)
    author_id: Mapped[int] = mapped_column(ForeignKey(f"{USERS}.id"))
    last_id: Mapped[int | None] = mapped_column(ForeignKey("%stopic.id" % PREFIX))
    author: Mapped["User"] = relationship(back_populates="topics")
    last: Mapped["Topic | None"] = relationship(remote_side=[id], post_update=True)

#- settings.py
PREFIX = "forum_"
USERS = f"{PREFIX}user"
