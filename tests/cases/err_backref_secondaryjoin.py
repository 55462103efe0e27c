# backref() with secondaryjoin where there is no secondary
# error: 1.4 2.0 2.1

from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import declarative_base, relationship, backref

Base = declarative_base()


class Author(Base):
    __tablename__ = "author"
    id = Column(Integer, primary_key=True)
    books = relationship(
        "Book", backref=backref("author", secondaryjoin="Book.author_id == Author.id")
#                                         ^^^^^^^^^^^^^ error[backref-secondaryjoin]
    )


class Book(Base):
    __tablename__ = "book"
    id = Column(Integer, primary_key=True)
    author_id = Column(ForeignKey("author.id"))
