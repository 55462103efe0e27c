# a value class of the project, which no type in `type_annotation_map` stands for
# error: 2.0 2.1

#- main.py
import shop

#- shop.py
import uuid
from typing import Optional

from sqlalchemy import String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from values import Money


class Base(DeclarativeBase):
    type_annotation_map = {uuid.UUID: String(36)}


class Article(Base):
    __tablename__ = "article"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    price: Mapped[Optional[Money]]
#                          ^^^^^ error[annotation-no-sql-type]

#- values.py
from dataclasses import dataclass


@dataclass(frozen=True)
class Money:
    amount: int
    currency: str
