# annotations that look wrong and are right
# accepted: 2.0 2.1

import enum
import uuid
from collections import abc
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Collection, Dict, List, Literal, Optional, Sequence, Union

from sqlalchemy import JSON, Column, ForeignKey, Integer, String
from sqlalchemy.ext.associationproxy import AssociationProxy, association_proxy
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import (
    DeclarativeBase,
    DynamicMapped,
    Mapped,
    MappedAsDataclass,
    WriteOnlyMapped,
    column_property,
    composite,
    declared_attr,
    mapped_column,
    relationship,
)

if TYPE_CHECKING:
    from decimal import Decimal


class Base(DeclarativeBase):
    pass


class Colour(enum.Enum):
    RED = "red"


class Level(enum.IntEnum):
    LOW = 1


class Point:
    def __init__(self, x, y):
        self.x, self.y = x, y

    def __composite_values__(self):
        return self.x, self.y


class Anything:
    pass


PrimaryKey = Annotated[int, mapped_column(primary_key=True)]
Short = Annotated[str, 20]
Ordinal = Union[int, None]


class Timestamps:
    note: str
    created: Mapped[Optional[datetime]]
    updated: "Mapped[datetime | None]" = mapped_column(default=None)

    @declared_attr
    def owner_id(cls) -> Mapped[int]:
        return mapped_column(ForeignKey("team.id"))

    def touch(self) -> int:
        return 1


class Team(Timestamps, Base):
    __tablename__ = "team"
    id: Mapped[PrimaryKey]
    colour: Mapped[Colour]
    level: Mapped[Optional["Level"]]
    kind: Mapped[Literal["a", "b"]]
    short: Mapped[Short]
    ordinal: Mapped[Ordinal]
    token: Mapped[uuid.UUID]
    day: Mapped[date]
    anything: Mapped[Anything] = mapped_column(JSON)
    data: Mapped[Dict[str, Any]] = mapped_column(JSON)
    later: Mapped["Point"] = mapped_column(String)
    leader_id: Mapped[Anything] = mapped_column(ForeignKey("player.id"))
    old: int = Column(Integer)
    x: Mapped[int] = mapped_column()
    y: Mapped[int] = mapped_column(default=0)
    at: Mapped[Point] = composite("x", "y")
    twice: Mapped[int] = column_property(Column("x2", Integer))
    limit: int = 5
    shared: ClassVar[int]
    nothing: ClassVar[Optional[int]] = None
    price = mapped_column(Integer)
    parent_key = mapped_column(ForeignKey("team.id"))
    players: Mapped[List["Player"]] = relationship(back_populates="team", foreign_keys="Player.team_id")
    some: Mapped[Collection["Player"]] = relationship(
        collection_class=list, viewonly=True, foreign_keys="Player.team_id"
    )
    written: WriteOnlyMapped["Player"] = relationship(viewonly=True, foreign_keys="Player.team_id")
    asked: DynamicMapped["Player"] = relationship(viewonly=True, foreign_keys="Player.team_id")
    names: AssociationProxy[List[str]] = association_proxy("players", "name")

    if TYPE_CHECKING:
        total: int
        cost: "Decimal"

    @property
    def double(self) -> int:
        return 2

    @hybrid_property
    def half(self) -> int:
        return self.x


class Player(Base):
    __tablename__ = "player"

    class Role(enum.Enum):
        GUEST = "guest"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column("player_name")
    role: Mapped["Role"]
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    team: Mapped["Team"] = relationship(back_populates="players", foreign_keys=[team_id])


class Legacy(Base):
    __tablename__ = "legacy"
    __allow_unmapped__ = True
    id: int = mapped_column(Integer, primary_key=True)
    note: str
    cached: Sequence[int] = None


class Data(MappedAsDataclass, Base):
    __tablename__ = "data"
    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    plain: str = "x"
    size: Mapped[int] = 5


class Typed(DeclarativeBase):
    type_annotation_map = {Anything: JSON, Dict[str, Any]: JSON, abc.Sequence: JSON}


class Held(Typed):
    __tablename__ = "held"
    id: Mapped[int] = mapped_column(primary_key=True)
    thing: Mapped[Anything]
    data: Mapped[Dict[str, Any]]
