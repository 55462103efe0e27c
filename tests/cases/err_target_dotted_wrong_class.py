# dotted path: the module is right, the class name is not
# error: 1.4 2.0 2.1

#- main.py
from shop import order
from shop import customer

#- shop/__init__.py

#- shop/base.py
from sqlalchemy.orm import declarative_base

Base = declarative_base()

#- shop/customer.py
from sqlalchemy import Column, Integer

from shop.base import Base


class Customer(Base):
    __tablename__ = "customer"
    id = Column(Integer, primary_key=True)

#- shop/order.py
from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import relationship

from shop.base import Base


class Order(Base):
    __tablename__ = "order"
    id = Column(Integer, primary_key=True)
    customer_id = Column(ForeignKey("customer.id"))
    customer = relationship("shop.customer.Client")
#                            ^^^^^^^^^^^^^^^^^^^^ error[module-no-class]
