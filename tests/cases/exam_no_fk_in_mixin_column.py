# the mixin's column has lost its ForeignKey, so no class that uses the mixin can be joined
# error: 2.0 2.1

#- main.py
import notes

#- mixins.py
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship


class BelongsToTenant:
    tenant_id: Mapped[int] = mapped_column(index=True)

    @declared_attr
    def tenant(cls) -> Mapped["Tenant"]:
        return relationship("Tenant", lazy="joined")
#              ^^^^^^^^^^^^ error[no-foreign-keys]

#- notes.py
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from mixins import BelongsToTenant


class Base(DeclarativeBase):
    pass


class Tenant(Base):
    __tablename__ = "tenant"

    id: Mapped[int] = mapped_column(primary_key=True)


class Note(BelongsToTenant, Base):
    __tablename__ = "note"

    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]
