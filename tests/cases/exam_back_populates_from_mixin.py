# every user of the mixin claims the same reverse, which the target does not have
# error: 1.4 2.0 2.1

from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.orm import declarative_base, declared_attr, relationship

Base = declarative_base()


class Adoptable:
    id = Column(Integer, primary_key=True)
    name = Column(String(40))

    @declared_attr
    def keeper_id(cls):
        return Column(Integer, ForeignKey("keeper.id"))

    @declared_attr
    def keeper(cls):
        return relationship("Keeper", back_populates="animals")
#                                                     ^^^^^^^ error[back-populates-missing]


class Otter(Adoptable, Base):
    __tablename__ = "otter"


class Keeper(Base):
    __tablename__ = "keeper"

    id = Column(Integer, primary_key=True)
    otters = relationship(Otter, viewonly=True)
