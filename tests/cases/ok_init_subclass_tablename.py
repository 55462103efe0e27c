# __tablename__ set in __init_subclass__
# accepted: 2.0 2.1

import re
from typing import List
from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

class Base(DeclarativeBase):
    def __init_subclass__(cls, **kw):
        cls.__tablename__ = re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()
        super().__init_subclass__(**kw)


class MilkCow(Base):
    id: Mapped[int] = mapped_column(primary_key=True)
    herd_id: Mapped[int] = mapped_column(ForeignKey("big_herd.id"))
    herd: Mapped["BigHerd"] = relationship(back_populates="cows")


class BigHerd(Base):
    id: Mapped[int] = mapped_column(primary_key=True)
    cows: Mapped[List["MilkCow"]] = relationship(back_populates="herd")
