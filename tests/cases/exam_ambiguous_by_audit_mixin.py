# an audit mixin brings a second key to the same table
# error: 2.0 2.1

#- main.py
import staff

#- audit.py
from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column


class Audited:
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("operator.id"))

#- staff.py
from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from audit import Audited


class Base(DeclarativeBase):
    pass


class Operator(Base):
    __tablename__ = "operator"

    id: Mapped[int] = mapped_column(primary_key=True)


class Shift(Audited, Base):
    __tablename__ = "shift"

    id: Mapped[int] = mapped_column(primary_key=True)
    operator_id: Mapped[int] = mapped_column(ForeignKey("operator.id"))
    operator: Mapped[Operator] = relationship(innerjoin=True)
#                                ^^^^^^^^^^^^ error[ambiguous-foreign-keys]
