# a class that is not mapped may hold anything
# accepted: 1.4 2.0 2.1

from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Template:
    owner = relationship("DoesNotExist")
    owner_id = Column(ForeignKey("nowhere.id"))


class Real(Base):
    __tablename__ = "real"
    id = Column(Integer, primary_key=True)
