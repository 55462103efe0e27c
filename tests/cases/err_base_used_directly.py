# DeclarativeBase used as the base of models
# error: 2.0 2.1

from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Ship(DeclarativeBase):
#          ^^^^^^^^^^^^^^^ error[declarative-base-direct]
    __tablename__ = "ship"
    id: Mapped[int] = mapped_column(primary_key=True)


class Boat(Ship):
    __tablename__ = "boat"
    id: Mapped[int] = mapped_column(primary_key=True)
