# unknown __mapper_args__ key
# error: 1.4 2.0 2.1

from sqlalchemy import Column, Integer
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class Ship(Base):
    __tablename__ = "ship"
    id = Column(Integer, primary_key=True)
    __mapper_args__ = {"order_by_": id}
#                       ^^^^^^^^^ error[mapper-unknown-kwarg]
