# synonym to an attribute that does not exist
# error: 1.4 2.0 2.1

from sqlalchemy.orm import synonym
from sqlalchemy import Column, Integer, String
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class Ship(Base):
    __tablename__ = "ship"
    id = Column(Integer, primary_key=True)
    name = Column(String(20))
    title = synonym("nmae")
#                    ^^^^ error[synonym-unknown]
