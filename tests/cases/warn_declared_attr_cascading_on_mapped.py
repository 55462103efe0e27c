# declared_attr.cascading on a mapped class
# warning: 1.4 2.0 2.1

from sqlalchemy.orm import declared_attr
from sqlalchemy import Column, Integer
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class Animal(Base):
    __tablename__ = "animal"
    id = Column(Integer, primary_key=True)

    @declared_attr.cascading
    def weight(cls):
#       ^^^^^^ warning[declared-attr-cascading]
        return Column(Integer)
