# column annotations that need no `type_annotation_map` entry, or have one
# accepted: 2.0 2.1

import datetime as dt
import decimal
import enum
import uuid
from typing import Any, ClassVar, Literal, NewType, Optional, Union

from sqlalchemy import JSON, BigInteger, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

Iban = NewType("Iban", str)
Json = dict[str, Any]
State = Literal["open", "shut"]


class Kind(enum.Enum):
    PRIVATE = 1
    BUSINESS = 2


class Base(DeclarativeBase):
    type_annotation_map = {Json: JSON, Iban: String(34), dict: JSON}


class Account(Base):
    __tablename__ = "account"

    count: ClassVar[int] = 0
    limit: int = 10
    names: ClassVar["dict[str, Account]"] = {}

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    iban: Mapped[Iban]
    state: Mapped[State]
    kind: Mapped[Optional[Kind]]
    balance: Mapped["decimal.Decimal"]
    opened: Mapped[dt.datetime]
    closed: Mapped["dt.date | None"] = mapped_column()
    extra: Mapped[Json] = mapped_column(default=dict)
    raw: Mapped[Union[None, dict]]
    visits: Mapped[Any] = mapped_column(BigInteger)
