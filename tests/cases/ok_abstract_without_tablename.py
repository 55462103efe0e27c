# abstract base has neither table nor key
# accepted: 1.4 2.0 2.1

from sqlalchemy import Column, Integer
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class Model(Base):
    __abstract__ = True

    def dump(self):
        return {}


class Owner(Model):
    __tablename__ = "owner"
    id = Column(Integer, primary_key=True)
