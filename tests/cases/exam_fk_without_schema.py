# the target's table lies in a schema that the key does not name
# error: 2.0 2.1

from typing import List

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Department(Base):
    __tablename__ = "department"
    __table_args__ = (UniqueConstraint("code"), {"schema": "hr"})

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str]
    clerks: Mapped[List["Clerk"]] = relationship(back_populates="department")


class Clerk(Base):
    __tablename__ = "clerk"
    __table_args__ = {"schema": "hr"}

    id: Mapped[int] = mapped_column(primary_key=True)
    department_id: Mapped[int] = mapped_column(ForeignKey("department.id"))
#                                                          ^^^^^^^^^^ error[fk-unknown-table]
    department: Mapped[Department] = relationship(back_populates="clerks")
