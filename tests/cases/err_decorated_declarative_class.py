# declarative class decorated with @registry.mapped as well
# error: 1.4 2.0 2.1

from sqlalchemy import Column, Integer
from sqlalchemy.orm import declarative_base

Base = declarative_base()


reg = Base.registry


@reg.mapped
class Ship(Base):
#     ^^^^ error[already-mapped]
    __tablename__ = "ship"
    id = Column(Integer, primary_key=True)
