"""Customers, orders and what they order, in the style of SQLAlchemy 2.0."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import List, Optional

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, func
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    mapped_column,
    relationship,
    validates,
)


class Base(DeclarativeBase):
    """The base of every model."""

    type_annotation_map = {
        str: String(120),
        Decimal: "numeric",
    }


class Timestamped:
    created: Mapped[datetime.datetime] = mapped_column(default=func.now())
    changed: Mapped[Optional[datetime.datetime]] = mapped_column(onupdate=func.now())


class Customer(Timestamped, Base):
    __tablename__ = "customer"
    __table_args__ = (
        UniqueConstraint("email", name="uq_email"),
        Index("ix_name", "last_name", "first_name"),
        {"schema": "shop"},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    first_name: Mapped[str]
    last_name: Mapped[str]
    email: Mapped[str] = mapped_column(String(200), nullable=False)  # unique, see above
    orders: Mapped[List["Order"]] = relationship(back_populates="customer", cascade="all, delete-orphan")
    addresses: Mapped[list["Address"]] = relationship(
        back_populates="customer",
        order_by="Address.city",
    )

    @hybrid_property
    def full_name(self) -> str:
        """First name first."""
        return f"{self.first_name} {self.last_name!r:>10}"

    @validates("email")
    def check_email(self, key, value):
        if "@" not in value:
            raise ValueError(f"{key}: no @ in {value}")
        return value


class Address(Base):
    __tablename__ = "address"

    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("shop.customer.id", ondelete="CASCADE"))
    city: Mapped[str]
    customer: Mapped["Customer"] = relationship(back_populates="addresses")


class Order(Timestamped, Base):
    """An order; its lines are in `Line`."""

    __tablename__ = "order"
    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "order"}

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    customer_id: Mapped[int] = mapped_column(ForeignKey("shop.customer.id"))
    customer: Mapped[Customer] = relationship(back_populates="orders")
    lines: Mapped[List[Line]] = relationship(
        "Line",
        primaryjoin="and_(Order.id == Line.order_id, Line.amount > 0)",
        back_populates="order",
        lazy="selectin",
    )
    total = property(lambda self: sum(line.amount * line.price for line in self.lines))

    class Meta:
        ordering = ["-created"]
        label = "orders"


class RushOrder(Order):
    __mapper_args__ = {"polymorphic_identity": "rush"}
    deadline: Mapped[datetime.date]


class Line(Base):
    __tablename__ = "line"
    __table_args__ = (CheckConstraint("amount > 0"),)

    order_id: Mapped[int] = mapped_column(ForeignKey("order.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    amount: Mapped[int]
    price: Mapped[Decimal]
    order: Mapped[Order] = relationship(back_populates="lines")


Customer.newest = relationship(
    Order,
    primaryjoin=Customer.id == Order.customer_id,
    order_by=Order.created.desc(),
    viewonly=True,
)
