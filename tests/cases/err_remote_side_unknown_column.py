# remote_side string names an attribute the class lacks
# error: 1.4 2.0 2.1

from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Node(Base):
    __tablename__ = "node"
    id = Column(Integer, primary_key=True)
    up_id = Column(ForeignKey("node.id"))
    up = relationship("Node", remote_side="Node.pk")
#                                               ^^ error[string-no-such-attr]
