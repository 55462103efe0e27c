# two users of a mixin give the same backref name
# error: 1.4 2.0 2.1

from sqlalchemy.orm import declared_attr
from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import declarative_base, relationship, backref

Base = declarative_base()


class Owned:
    @declared_attr
    def owner_id(cls):
        return Column(ForeignKey("owner.id"))

    @declared_attr
    def owner(cls):
        return relationship("Owner", backref="things")
#                                             ^^^^^^ error[backref-name-exists]


class Owner(Base):
    __tablename__ = "owner"
    id = Column(Integer, primary_key=True)


class Car(Owned, Base):
    __tablename__ = "car"
    id = Column(Integer, primary_key=True)


class Boat(Owned, Base):
    __tablename__ = "boat"
    id = Column(Integer, primary_key=True)
