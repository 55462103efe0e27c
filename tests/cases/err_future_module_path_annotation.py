# future annotations: Mapped[zoo.africa.Elephant] loses its module, the bare name is ambiguous
# error: 2.0 2.1

#- main.py
import keepers

#- africa.py
from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from base import Base


class Elephant(Base):
    __tablename__ = "africa_elephant"
    id: Mapped[int] = mapped_column(primary_key=True)
    keeper_id: Mapped[int] = mapped_column(ForeignKey("keeper.id"))

#- asia.py
from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from base import Base


class Elephant(Base):
    __tablename__ = "asia_elephant"
    id: Mapped[int] = mapped_column(primary_key=True)
    keeper_id: Mapped[int] = mapped_column(ForeignKey("keeper.id"))

#- base.py
from sqlalchemy.orm import DeclarativeBase


class Base(DeclarativeBase):
    pass

#- keepers.py
from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column, relationship

import africa
import asia
from base import Base


class Keeper(Base):
    __tablename__ = "keeper"
    id: Mapped[int] = mapped_column(primary_key=True)
    elephants: Mapped[list[africa.Elephant]] = relationship()
#                          ^^^^^^^^^^^^^^^ error[multiple-classes]
