# composite adjacency list: one column points to itself
# accepted: 1.4 2.0 2.1

from sqlalchemy import Column, Integer, ForeignKeyConstraint
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Folder(Base):
    __tablename__ = "folder"
    account_id = Column(Integer, primary_key=True)
    folder_id = Column(Integer, primary_key=True)
    up_id = Column(Integer)
    up = relationship("Folder", back_populates="children", remote_side=[account_id, folder_id])
    children = relationship("Folder", back_populates="up")
    __table_args__ = (
        ForeignKeyConstraint(["account_id", "up_id"], ["folder.account_id", "folder.folder_id"]),
    )
