# The class that a declarative base is made of stands in a dictionary, and so do its columns
# accepted: 1.4 2.0 2.1
# unknown: 1.4 2.0 2.1

from sqlalchemy import Column, DateTime, Index, Integer
from sqlalchemy.orm import declarative_base


class Timestamps:
    updated_at = Column(DateTime)


MIXINS = {"timestamps": Timestamps}


class Model(MIXINS["timestamps"]):
    pass


Base = declarative_base(cls=Model)
Other = declarative_base(cls=MIXINS["timestamps"])


class Book(Base):
    __tablename__ = "book"
    id = Column(Integer, primary_key=True)
    __table_args__ = (Index("ix_book_updated_at", "updated_at"),)


class Page(Other):
    __tablename__ = "page"
    id = Column(Integer, primary_key=True)
    __table_args__ = (Index("ix_page_updated_at", "updated_at"),)
