# the MetaData has a default schema, so keys may leave it out or name it
# accepted: 2.0 2.1

from sqlalchemy import ForeignKey, MetaData
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    metadata = MetaData(schema="crm")


class Company(Base):
    __tablename__ = "company"

    id: Mapped[int] = mapped_column(primary_key=True)
    people: Mapped[list["Person"]] = relationship(back_populates="company")


class Person(Base):
    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    company_id: Mapped[int] = mapped_column(ForeignKey("company.id"))
    boss_id: Mapped[int | None] = mapped_column(ForeignKey("crm.person.id"))
    company: Mapped["Company"] = relationship(back_populates="people")
    boss: Mapped["Person | None"] = relationship(remote_side=[id])
