# validates() of a name that does not exist: silently never called
# silent: 1.4 2.0 2.1

from sqlalchemy.orm import validates
from sqlalchemy import Column, Integer, String
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class Ship(Base):
    __tablename__ = "ship"
    id = Column(Integer, primary_key=True)
    name = Column(String(20))

    @validates("nmae")
#               ^^^^ hint[validates-unknown]
    def check(self, key, value):
        return value
