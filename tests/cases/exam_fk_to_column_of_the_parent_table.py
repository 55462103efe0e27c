# joined inheritance: the column is in the parent's table, not in the subclass's
# error: 2.0 2.1

from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Account(Base):
    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]

    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "account"}


class Savings(Account):
    __tablename__ = "savings"

    id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    rate: Mapped[float]

    __mapper_args__ = {"polymorphic_identity": "savings"}


class StandingOrder(Base):
    __tablename__ = "standing_order"

    id: Mapped[int] = mapped_column(primary_key=True)
    savings_number: Mapped[str] = mapped_column(ForeignKey("savings.number"))
#                                                                   ^^^^^^ error[fk-unknown-column]
