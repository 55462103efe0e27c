# one of the tables that a loop makes refers to a table that is called otherwise
# error: 1.4 2.0 2.1

from sqlalchemy import Column, ForeignKey, Integer, Table
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


for kind in ("page", "box"):
    Table(
        f"{kind}_tag",
        Base.metadata,
        Column("owner_id", ForeignKey(f"{kind}s.id"), primary_key=True),
#                                     ^^^^^^^^^^^^^ error[fk-unknown-table]
        Column("tag_id", ForeignKey("tags.id"), primary_key=True),
    )


class Page(Base):
    __tablename__ = "pages"
    id = Column(Integer, primary_key=True)
    tags = relationship("Tag", secondary="page_tag")


class Box(Base):
    __tablename__ = "boxes"
    id = Column(Integer, primary_key=True)
    tags = relationship("Tag", secondary="box_tag")


class Tag(Base):
    __tablename__ = "tags"
    id = Column(Integer, primary_key=True)
