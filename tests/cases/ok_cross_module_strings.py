# classes in modules that do not import each other
# accepted: 1.4 2.0 2.1

#- main.py
from shop.models import *

#- shop/__init__.py

#- shop/models/__init__.py
from shop.models.customer import Customer
from shop.models.order import Order, Line

__all__ = ["Customer", "Order", "Line"]

#- shop/models/base.py
from sqlalchemy.orm import declarative_base

Base = declarative_base()

#- shop/models/customer.py
from sqlalchemy import Column, Integer
from sqlalchemy.orm import relationship

from shop.models.base import Base


class Customer(Base):
    __tablename__ = "customer"
    id = Column(Integer, primary_key=True)
    orders = relationship("Order", back_populates="customer")

#- shop/models/order.py
from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import relationship

from shop.models.base import Base


class Order(Base):
    __tablename__ = "order"
    id = Column(Integer, primary_key=True)
    customer_id = Column(ForeignKey("customer.id"))
    customer = relationship("Customer", back_populates="orders")
    lines = relationship("Line", back_populates="order", cascade="all, delete-orphan")


class Line(Base):
    __tablename__ = "line"
    id = Column(Integer, primary_key=True)
    order_id = Column(ForeignKey("order.id"))
    order = relationship("shop.models.order.Order", back_populates="lines")
