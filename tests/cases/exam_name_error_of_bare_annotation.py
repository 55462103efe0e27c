# an annotation alone gives no name to the class body, so the next lines cannot use it
# error: 2.0 2.1

from typing import Annotated

from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

pk = Annotated[int, mapped_column(primary_key=True)]
user_fk = Annotated[int, mapped_column(ForeignKey("user_account.id"))]


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "user_account"

    id: Mapped[pk]


class Report(Base):
    __tablename__ = "report"

    id: Mapped[pk]
    author_id: Mapped[user_fk]
    editor_id: Mapped[user_fk] = mapped_column()
    author: Mapped[User] = relationship(foreign_keys=[author_id])
#                                                     ^^^^^^^^^ error[python-name-error]
    editor: Mapped[User] = relationship(foreign_keys=[editor_id])
