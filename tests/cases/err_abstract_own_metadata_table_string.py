# abstract base with its own MetaData; secondary by table name: found in 2.1 only
# error: 1.4 2.0
# accepted: 2.1

from sqlalchemy import Column, ForeignKey, Integer, Table, MetaData
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Archive(Base):
    __abstract__ = True
    metadata = MetaData()


class Box(Archive):
    __tablename__ = "box"
    id = Column(Integer, primary_key=True)
    tags = relationship("Tag", secondary="box_tag")
#                                         ^^^^^^^ error[unresolved-name]


class Tag(Archive):
    __tablename__ = "tag"
    id = Column(Integer, primary_key=True)


Table(
    "box_tag",
    Archive.metadata,
    Column("box_id", ForeignKey("box.id"), primary_key=True),
    Column("tag_id", ForeignKey("tag.id"), primary_key=True),
)
