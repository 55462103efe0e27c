# MappedAsDataclass class with a mixin that is no dataclass: a warning in 2.0, an error in 2.1
# warning: 2.0
# error: 2.1

from sqlalchemy.orm import MappedAsDataclass
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

class Base(MappedAsDataclass, DeclarativeBase):
    pass


class HasCity:
    city: Mapped[str]


class Team(HasCity, Base):
#          ^^^^^^^ error[dataclass-mixin]
    __tablename__ = "team"
    id: Mapped[int] = mapped_column(primary_key=True, init=False)
