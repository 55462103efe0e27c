# a mixin's relationships name their reverse after each class that uses it
# accepted: 1.4 2.0 2.1

from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import declarative_base, declared_attr, relationship

Base = declarative_base()


class Reviewed:
    @declared_attr
    def reviewer_id(cls):
        return Column(ForeignKey("reviewer.id"))

    @declared_attr
    def reviewer(cls):
        return relationship("Reviewer", backref=cls.__tablename__ + "_reviewed", foreign_keys=[cls.reviewer_id])


class Reviewer(Base):
    __tablename__ = "reviewer"

    id = Column(Integer, primary_key=True)


class Essay(Reviewed, Base):
    __tablename__ = "essay"

    id = Column(Integer, primary_key=True)


class Poem(Reviewed, Base):
    __tablename__ = "poem"

    id = Column(Integer, primary_key=True)
    author_id = Column(ForeignKey("reviewer.id"))
    author = relationship("Reviewer", foreign_keys=author_id, primaryjoin="Poem.author_id == Reviewer.id")
