# no primary key column
# error: 1.4 2.0 2.1

from sqlalchemy import Column, String
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class Ship(Base):
#     ^^^^ error[no-primary-key]
    __tablename__ = "ship"
    name = Column(String(20))
