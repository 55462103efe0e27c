# mixin column whose ForeignKey is a Column object with no table
# error: 1.4 2.0 2.1

from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import declarative_base

Base = declarative_base()


ident = Column("id", Integer, primary_key=True)


class HasOwner:
    owner_id = Column(ForeignKey(ident))
#   ^^^^^^^^ error[mixin-fk-column]


class Dog(HasOwner, Base):
    __tablename__ = "dog"
    id = Column(Integer, primary_key=True)
