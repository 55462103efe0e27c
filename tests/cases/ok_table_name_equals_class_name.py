# a table named like another class: the class wins
# accepted: 1.4 2.0 2.1

from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Wheel(Base):
    __tablename__ = "Cart"
    id = Column(Integer, primary_key=True)
    cart_id = Column(ForeignKey("Wheel.id"))


class Cart(Base):
    __tablename__ = "Wheel"
    id = Column(Integer, primary_key=True)
    wheels = relationship("Wheel", order_by="Wheel.cart_id")
