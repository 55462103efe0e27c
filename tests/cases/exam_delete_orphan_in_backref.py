# delete-orphan is on the wrong end: in the backref of a one-to-many
# error: 1.4 2.0 2.1

from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import backref, declarative_base, relationship

Base = declarative_base()


class Basket(Base):
    __tablename__ = "basket"

    id = Column(Integer, primary_key=True)
    lines = relationship(
        "BasketLine",
        order_by="BasketLine.position",
        backref=backref("basket", cascade="all, delete-orphan"),
#                                               ^^^^^^^^^^^^^ error[delete-orphan-side]
    )


class BasketLine(Base):
    __tablename__ = "basket_line"

    id = Column(Integer, primary_key=True)
    position = Column(Integer)
    basket_id = Column(ForeignKey("basket.id"))
