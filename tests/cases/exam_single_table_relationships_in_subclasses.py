# single-table inheritance: key and relationship in one subclass, the reverse refers to it
# accepted: 2.0 2.1

from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Theatre(Base):
    __tablename__ = "theatre"

    id: Mapped[int] = mapped_column(primary_key=True)
    actors: Mapped[list["Actor"]] = relationship(back_populates="theatre")
    directors: Mapped[list["Director"]] = relationship(back_populates="theatre")


class Artist(Base):
    __tablename__ = "artist"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]

    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "artist"}


class Actor(Artist):
    theatre_id: Mapped[int | None] = mapped_column(ForeignKey("theatre.id"), use_existing_column=True)
    theatre: Mapped["Theatre | None"] = relationship(back_populates="actors")

    __mapper_args__ = {"polymorphic_identity": "actor"}


class Director(Artist):
    theatre_id: Mapped[int | None] = mapped_column(ForeignKey("theatre.id"), use_existing_column=True)
    theatre: Mapped["Theatre | None"] = relationship(back_populates="directors")

    __mapper_args__ = {"polymorphic_identity": "director"}
