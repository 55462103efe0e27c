# no column says `primary_key`: a constraint does, and another table's key follows it
# accepted: 2.0 2.1

from sqlalchemy import ForeignKeyConstraint, PrimaryKeyConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Sheet(Base):
    __tablename__ = "sheet"
    __table_args__ = (PrimaryKeyConstraint("book", "number", name="pk_sheet"),)

    book: Mapped[str]
    number: Mapped[int] = mapped_column()
    cells: Mapped[list["Cell"]] = relationship(back_populates="sheet")


class Cell(Base):
    __tablename__ = "cell"
    __table_args__ = (
        PrimaryKeyConstraint("book", "number", "place"),
        ForeignKeyConstraint(["book", "number"], ["sheet.book", "sheet.number"], ondelete="CASCADE"),
    )

    book: Mapped[str]
    number: Mapped[int]
    place: Mapped[str]
    sheet: Mapped["Sheet"] = relationship(back_populates="cells")
