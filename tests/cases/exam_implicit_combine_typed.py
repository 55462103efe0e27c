# the joined subclass has a `note` of its own beside the parent's
# warning: 2.0 2.1

from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Task(Base):
    __tablename__ = "task"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    note: Mapped[str | None]

    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "task"}


class Repair(Task):
    __tablename__ = "repair"

    id: Mapped[int] = mapped_column(ForeignKey("task.id"), primary_key=True)
    note: Mapped[str]
#   ^^^^ warning[implicit-combine]

    __mapper_args__ = {"polymorphic_identity": "repair"}
