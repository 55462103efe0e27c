"""One-to-one and one-to-many: an order, its lines, its invoice and where it goes."""

from sqlalchemy import Column, ForeignKey, Integer, Numeric
from sqlalchemy.orm import relationship

from .base import Base


class Order(Base):
    __tablename__ = "order"
    id = Column(Integer, primary_key=True)
    customer_id = Column(Integer, ForeignKey("customer.id"))
    billing_address_id = Column(Integer, ForeignKey("address.id"))
    shipping_address_id = Column(Integer, ForeignKey("address.id"))
    customer = relationship("Customer", back_populates="orders")
    shipping_address = relationship("Address")
    lines = relationship("OrderLine", back_populate="order")
    invoice = relationship("Invoice", backref="order", uselist=False)
    payments = relationship("Payment", backref="order", back_populates="order")
    parcels = relationship("Parcel")


class OrderLine(Base):
    __tablename__ = "order_line"
    id = Column(Integer, primary_key=True)
    order_id = Column(Integer, ForeignKey("order.id"))
    order = relationship("Order")


class Invoice(Base):
    __tablename__ = "invoice"
    id = Column(Integer, primary_key=True)
    order_id = Column(Integer, ForeignKey("order.id"))
    order = relationship("Order")


class Payment(Base):
    __tablename__ = "payment"
    id = Column(Integer, primary_key=True)
    amount = Column(Numeric)
    order_id = Column(Integer, ForeignKey("order.id"))


class Parcel(Base):
    __tablename__ = "parcel"
    id = Column(Integer, primary_key=True)
    order_id = Column(Integer)
