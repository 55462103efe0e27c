# `remote_side` was given to both sides of a tree; the collection comes first
# error: 1.4 2.0 2.1

from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Folder(Base):
    __tablename__ = "folder"

    id = Column(Integer, primary_key=True)
    name = Column(String(40))
    inside_id = Column(Integer, ForeignKey("folder.id"))
    contents = relationship("Folder", back_populates="inside", remote_side="Folder.id")
#                                                              ^^^^^^^^^^^ error[same-direction]
    inside = relationship("Folder", back_populates="contents", remote_side="Folder.id")
