# a plain annotation with no value is an error; with a plain value it is let pass
# error: 2.0 2.1

from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

class Base(DeclarativeBase):
    pass


class Team(Base):
    __tablename__ = "team"
    id: Mapped[int] = mapped_column(primary_key=True)
    limit: int = 5
    note: str
#         ^^^ error[annotation-without-mapped]
