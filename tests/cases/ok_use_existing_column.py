# use_existing_column in two single-table subclasses
# accepted: 2.0 2.1

from typing import Optional
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

class Base(DeclarativeBase):
    pass


class Animal(Base):
    __tablename__ = "animal"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "animal"}


class Dog(Animal):
    born: Mapped[Optional[int]] = mapped_column(use_existing_column=True)
    __mapper_args__ = {"polymorphic_identity": "dog"}


class Cat(Animal):
    born: Mapped[Optional[int]] = mapped_column(use_existing_column=True)
    __mapper_args__ = {"polymorphic_identity": "cat"}
