# relationship and key column names that share a prefix; property named like a class
# accepted: 1.4 2.0 2.1

from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class User(Base):
    __tablename__ = "User"
    id = Column(Integer, primary_key=True)
    Item = relationship("Item", back_populates="User")


class Item(Base):
    __tablename__ = "Item"
    id = Column(Integer, primary_key=True)
    User_id = Column(ForeignKey("User.id"))
    User = relationship("User", back_populates="Item")
