# the attribute is `id`, the column is not: a key by string needs the column's name
# error: 1.4 2.0 2.1

from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Customer(Base):
    __tablename__ = "customer"

    id = Column("customer_no", Integer, primary_key=True)
    name = Column(String(80))
    orders = relationship("Order", back_populates="customer")


class Order(Base):
    __tablename__ = "orders"

    id = Column("order_no", Integer, primary_key=True)
    customer_id = Column("customer_no", ForeignKey("customer.id"), nullable=False)
#                                                            ^^ error[fk-unknown-column]
    customer = relationship("Customer", back_populates="orders")
