# two composite keys share a column
# warning: 1.4 2.0 2.1

from sqlalchemy import Column, ForeignKey, Integer, ForeignKeyConstraint
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Magazine(Base):
    __tablename__ = "magazine"
    id = Column(Integer, primary_key=True)


class Writer(Base):
    __tablename__ = "writer"
    id = Column(Integer, primary_key=True)
    magazine_id = Column(ForeignKey("magazine.id"), primary_key=True)


class Article(Base):
    __tablename__ = "article"
    id = Column(Integer, primary_key=True)
    magazine_id = Column(ForeignKey("magazine.id"))
    writer_id = Column(Integer)
    magazine = relationship("Magazine")
    writer = relationship("Writer")
#            ^^^^^^^^^^^^ warning[overlaps]
    __table_args__ = (
        ForeignKeyConstraint(
            ["writer_id", "magazine_id"], ["writer.id", "writer.magazine_id"]
        ),
    )
