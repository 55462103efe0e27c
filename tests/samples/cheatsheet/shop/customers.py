"""One-to-many: a customer and what belongs to it."""

from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.orm import relationship

from .base import Base


class Customer(Base):
    __tablename__ = "customer"
    id = Column(Integer, primary_key=True)
    name = Column(String)
    orders = relationship("Ordr", back_populates="customer")
    addresses = relationship("Address", back_populates="custommer")
    reviews = relationship("Review", back_populates="customer_id")
    wishes = relationship("Wish", back_populates="product")
    coupons = relationship("Coupon", cascade="all, delete_orphan")


class Address(Base):
    __tablename__ = "address"
    id = Column(Integer, primary_key=True)
    street = Column(String)
    customer_id = Column(Integer, ForeignKey("customer.id"))
    customer = relationship("Customer", back_populates="addresses")


class Review(Base):
    __tablename__ = "review"
    id = Column(Integer, primary_key=True)
    text = Column(String)
    customer_id = Column(Integer, ForeignKey("customer.id"))
    customer = relationship("Customer", back_populates="reviews")


class Wish(Base):
    __tablename__ = "wish"
    id = Column(Integer, primary_key=True)
    customer_id = Column(Integer, ForeignKey("customer.id"))
    product_id = Column(Integer, ForeignKey("product.id"))
    product = relationship("Product")


class Coupon(Base):
    __tablename__ = "coupon"
    id = Column(Integer, primary_key=True)
    customer_id = Column(Integer, ForeignKey("customer.id"))
