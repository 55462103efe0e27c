# Mapped[String] for Mapped[str]
# error: 2.0 2.1

from sqlalchemy import String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

class Base(DeclarativeBase):
    pass


class Team(Base):
    __tablename__ = "team"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[String]
#                ^^^^^^ error[annotation-sql-type]
