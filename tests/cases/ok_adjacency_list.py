# self-reference with remote_side and backref
# accepted: 1.4 2.0 2.1

from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import declarative_base, relationship, backref

Base = declarative_base()


class Node(Base):
    __tablename__ = "node"
    id = Column(Integer, primary_key=True)
    up_id = Column(ForeignKey("node.id"))
    children = relationship("Node", backref=backref("up", remote_side=[id]))
