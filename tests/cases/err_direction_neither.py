# foreign key columns of the join are in neither table
# error: 1.4 2.0 2.1

from sqlalchemy import Column, Integer
from sqlalchemy.orm import declarative_base, relationship, foreign

Base = declarative_base()


class Order(Base):
    __tablename__ = "orders"
    id = Column(Integer, primary_key=True)
    items = relationship(
        "Item",
        primaryjoin="Order.id == foreign(Ledger.order_id)",
#                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error[direction-neither]
        viewonly=True,
    )


class Item(Base):
    __tablename__ = "item"
    id = Column(Integer, primary_key=True)


class Ledger(Base):
    __tablename__ = "ledger"
    id = Column(Integer, primary_key=True)
    order_id = Column(Integer)
