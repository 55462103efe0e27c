# mapped_column() with neither annotation nor type
# error: 2.0 2.1

from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

class Base(DeclarativeBase):
    pass


class Team(Base):
    __tablename__ = "team"
    id: Mapped[int] = mapped_column(primary_key=True)
    name = mapped_column()
#   ^^^^ error[annotation-required]
