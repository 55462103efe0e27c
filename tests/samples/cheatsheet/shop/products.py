"""Many-to-many and a class that refers to itself: products, their tags, categories and prices."""

from sqlalchemy import Column, Date, ForeignKey, Integer, Numeric, String, Table
from sqlalchemy.orm import relationship

from .base import Base

product_tag = Table(
    "product_tag",
    Base.metadata,
    Column("product_id", Integer, ForeignKey("product.id"), primary_key=True),
    Column("tag_id", Integer, primary_key=True),
)


class Product(Base):
    __tablename__ = "product"
    id = Column(Integer, primary_key=True)
    name = Column(String)
    category_id = Column(Integer, ForeignKey("categories.id"))
    tags = relationship("Tag", secondary=product_tag)


class Tag(Base):
    __tablename__ = "tag"
    id = Column(Integer, primary_key=True)
    name = Column(String)


class Category(Base):
    __tablename__ = "category"
    id = Column(Integer, primary_key=True)
    parent_id = Column(Integer, ForeignKey("category.id"))
    children = relationship("Category", back_populates="parent")
    parent = relationship("Category", back_populates="children")


class Price(Base):
    __tablename__ = "price"
    id = Column(Integer, primary_key=True)
    amount = Column(Numeric)
    product_id = Column(Integer, ForeignKey("product.product_id"))


class Discount(Base):
    __tablename__ = "price"
    id = Column(Integer, primary_key=True)
    amount = Column(Numeric)
    until = Column(Date)


class StockLevel(Base):
    __tablename__ = "stock_level"
    product_id = Column(Integer, ForeignKey("product.id"))
    amount = Column(Integer)


class Shelf(Base):
    id = Column(Integer, primary_key=True)
    label = Column(String)
