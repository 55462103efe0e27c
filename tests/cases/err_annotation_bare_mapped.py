# bare Mapped with no sub-type
# error: 2.0 2.1

from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

class Base(DeclarativeBase):
    pass


class Team(Base):
    __tablename__ = "team"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped = mapped_column()
#         ^^^^^^ error[annotation-without-mapped]
