# the name is imported where the class is, not where the mixin's annotation is
# error: 2.0 2.1

#- main.py
import ledger

#- ledger.py
from decimal import Decimal

from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from money import Priced


class Base(DeclarativeBase):
    pass


class Entry(Priced, Base):
    __tablename__ = "entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    fee: Mapped[Decimal]

#- money.py
from __future__ import annotations

from typing import Optional

from sqlalchemy import Numeric
from sqlalchemy.orm import Mapped, mapped_column


class Priced:
    price: Mapped[Optional[Decimal]] = mapped_column(Numeric(10, 2))
#                          ^^^^^^^ error[annotation-unresolved]
