# primaryjoin as a third positional: fine in 1.4, keyword only since 2.0
# accepted: 1.4
# error: 2.0 2.1

from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Author(Base):
    __tablename__ = "author"
    id = Column(Integer, primary_key=True)
    books = relationship("Book", None, "Author.id == Book.author_id")
#                                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^ error[relationship-too-many-positionals]


class Book(Base):
    __tablename__ = "book"
    id = Column(Integer, primary_key=True)
    author_id = Column(ForeignKey("author.id"))
