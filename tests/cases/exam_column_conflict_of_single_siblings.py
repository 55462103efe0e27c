# two single-table subclasses declare one column, in the 2.0 style
# error: 2.0 2.1

from datetime import date

from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Contract(Base):
    __tablename__ = "contract"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]

    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_abstract": True}


class Lease(Contract):
    __mapper_args__ = {"polymorphic_identity": "lease"}

    ends: Mapped[date | None]


class Licence(Contract):
    __mapper_args__ = {"polymorphic_identity": "licence"}

    ends: Mapped[date | None] = mapped_column(index=True)
#   ^^^^ error[column-conflict]
