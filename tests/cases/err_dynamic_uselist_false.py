# lazy="dynamic" with uselist=False
# error: 1.4 2.0 2.1

from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Author(Base):
    __tablename__ = "author"
    id = Column(Integer, primary_key=True)
    bio = relationship("Bio", uselist=False, lazy="dynamic")
#                                                  ^^^^^^^ error[dynamic-on-scalar]


class Bio(Base):
    __tablename__ = "bio"
    id = Column(Integer, primary_key=True)
    author_id = Column(ForeignKey("author.id"))
