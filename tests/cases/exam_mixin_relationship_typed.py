# an annotated relationship on a mixin of another module, without `declared_attr`
# error: 2.0 2.1

#- main.py
import garden

#- garden.py
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from owned import Owned


class Base(DeclarativeBase):
    pass


class Gardener(Base):
    __tablename__ = "gardener"

    id: Mapped[int] = mapped_column(primary_key=True)


class Bed(Owned, Base):
    __tablename__ = "bed"

    id: Mapped[int] = mapped_column(primary_key=True)

#- owned.py
from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship


class Owned:
    owner_id: Mapped[int] = mapped_column(ForeignKey("gardener.id"))
    owner: Mapped["Gardener"] = relationship(lazy="joined")
#   ^^^^^ error[mixin-relationship]
