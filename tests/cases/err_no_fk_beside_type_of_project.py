# a column with a type of the project's own hides no foreign key
# error: 2.0 2.1

import enum
from typing import Generic, TypeVar

from sqlalchemy import String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
from sqlalchemy.types import TypeDecorator

E = TypeVar("E", bound=enum.Enum)


class EnumAsString(TypeDecorator, Generic[E]):
    impl = String
    cache_ok = True

    def __init__(self, enum_class, *args):
        self.enum_class = enum_class
        super().__init__(*args)


class Status(enum.Enum):
    OPEN = 1


class Base(DeclarativeBase):
    pass


class Parent(Base):
    __tablename__ = "parent"
    id: Mapped[int] = mapped_column(primary_key=True)
    status: Mapped[Status] = mapped_column(EnumAsString(Status, 100))
    children: Mapped[list["Child"]] = relationship()
#                                     ^^^^^^^^^^^^ error[no-foreign-keys]


class Child(Base):
    __tablename__ = "child"
    id: Mapped[int] = mapped_column(primary_key=True)
    parent_id: Mapped[int]
