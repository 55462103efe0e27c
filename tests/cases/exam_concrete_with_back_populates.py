# concrete tables: each class has its own key and its own reverse
# accepted: 2.0 2.1

from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Port(Base):
    __tablename__ = "port"

    id: Mapped[int] = mapped_column(primary_key=True)
    boats: Mapped[list["Boat"]] = relationship(back_populates="port")
    ferries: Mapped[list["Ferry"]] = relationship(back_populates="port")


class Boat(Base):
    __tablename__ = "boat"

    id: Mapped[int] = mapped_column(primary_key=True)
    port_id: Mapped[int] = mapped_column(ForeignKey("port.id"))
    port: Mapped["Port"] = relationship(back_populates="boats")


class Ferry(Boat):
    __tablename__ = "ferry"
    __mapper_args__ = {"concrete": True}

    id: Mapped[int] = mapped_column(primary_key=True)
    port_id: Mapped[int] = mapped_column(ForeignKey("port.id"))
    seats: Mapped[int]
    port: Mapped["Port"] = relationship(back_populates="ferries")
