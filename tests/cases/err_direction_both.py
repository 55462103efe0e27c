# foreign() on both sides of primaryjoin
# error: 1.4 2.0 2.1

from sqlalchemy import Column, Integer, String, and_
from sqlalchemy.orm import declarative_base, relationship, foreign

Base = declarative_base()


class Order(Base):
    __tablename__ = "orders"
    id = Column(Integer, primary_key=True)
    code = Column(String(8))
    items = relationship(
        "Item",
        primaryjoin="and_(foreign(Order.code) == Item.code, foreign(Item.order_id) == Order.id)",
#                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error[direction-both-sides]
    )


class Item(Base):
    __tablename__ = "item"
    id = Column(Integer, primary_key=True)
    code = Column(String(8))
    order_id = Column(Integer)
