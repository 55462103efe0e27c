# Mapped[List[...]] on the many-to-one side: accepted, loads a list of one
# silent: 2.0 2.1

from typing import List
from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

class Base(DeclarativeBase):
    pass


class Author(Base):
    __tablename__ = "author"
    id: Mapped[int] = mapped_column(primary_key=True)


class Book(Base):
    __tablename__ = "book"
    id: Mapped[int] = mapped_column(primary_key=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("author.id"))
    author: Mapped[List["Author"]] = relationship()
#                  ^^^^^^^^^^^^^^ hint[collection-annotation-on-many-to-one]
