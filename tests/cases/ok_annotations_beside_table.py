# `__table__` says the columns, and annotations beside it declare none; a base allows annotations without `Mapped`
# accepted: 2.0 2.1

from typing import Any, Dict, Optional

from sqlalchemy import JSON, Column, Integer, Table
from sqlalchemy.orm import DeclarativeBase, Mapped, registry

mapper_registry = registry()
try:
    Base = mapper_registry.generate_base()
    Base.__allow_unmapped__ = True
except ImportError:
    Base = None


class Own(DeclarativeBase):
    pass


class Activity(Own):
    __table__ = Table(
        "activity", Own.metadata, Column("id", Integer, primary_key=True), Column("data", JSON), Column("extra", JSON)
    )
    id: Mapped[int]
    data: Mapped[Dict[str, Any]]
    extra: Mapped[Optional[Any]]


class Task(Base):
    __tablename__ = "task"
    id = Column(Integer, primary_key=True)
    raw: bool = None
    note: str
