# the shared `Annotated` type for ids does not say `primary_key`
# error: 2.0 2.1

from typing import Annotated

from sqlalchemy import BigInteger, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

ident = Annotated[int, mapped_column(BigInteger, autoincrement=True)]
short = Annotated[str, mapped_column(String(40))]


class Base(DeclarativeBase):
    pass


class Warehouse(Base):
#     ^^^^^^^^^ error[no-primary-key]
    __tablename__ = "warehouse"

    id: Mapped[ident]
    name: Mapped[short]
    city: Mapped[short | None]
