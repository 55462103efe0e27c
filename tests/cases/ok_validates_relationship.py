# validates() on a column and on a backref-made name
# accepted: 1.4 2.0 2.1

from sqlalchemy.orm import validates
from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.orm import declarative_base, relationship, backref

Base = declarative_base()


class Ship(Base):
    __tablename__ = "ship"
    id = Column(Integer, primary_key=True)
    name = Column(String(20))

    @validates("name", "sailors", include_removes=False)
    def check(self, key, value):
        return value


class Sailor(Base):
    __tablename__ = "sailor"
    id = Column(Integer, primary_key=True)
    ship_id = Column(ForeignKey("ship.id"))
    ship = relationship("Ship", backref="sailors")
