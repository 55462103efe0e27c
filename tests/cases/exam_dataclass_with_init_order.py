# mapped dataclasses: `kw_only`, `init=False`, factories and `InitVar` keep the fields' order right
# accepted: 2.0 2.1

from dataclasses import InitVar
from typing import List, Optional

from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column, relationship


class Base(MappedAsDataclass, DeclarativeBase):
    pass


class Stamped(MappedAsDataclass):
    created_by: Mapped[str] = mapped_column(kw_only=True, default="system")


class Choir(Stamped, Base):
    __tablename__ = "choir"

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    name: Mapped[str]
    singers: Mapped[List["Singer"]] = relationship(default_factory=list, back_populates="choir", repr=False)
    secret: InitVar[Optional[str]] = None

    def __post_init__(self, secret):
        self.token = secret


class Singer(Base, kw_only=True):
    __tablename__ = "singer"

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    voice: Mapped[Optional[str]] = mapped_column(default=None)
    name: Mapped[str]
    choir_id: Mapped[Optional[int]] = mapped_column(ForeignKey("choir.id"), init=False)
    choir: Mapped[Optional[Choir]] = relationship(default=None, back_populates="singers")
