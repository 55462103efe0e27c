# AbstractConcreteBase hierarchy
# accepted: 1.4 2.0 2.1

from sqlalchemy.ext.declarative import AbstractConcreteBase
from sqlalchemy import Column, Integer, String
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class Employee(AbstractConcreteBase, Base):
    pass


class Manager(Employee):
    __tablename__ = "manager"
    id = Column(Integer, primary_key=True)
    name = Column(String(10))
    __mapper_args__ = {"polymorphic_identity": "manager", "concrete": True}


class Engineer(Employee):
    __tablename__ = "engineer"
    id = Column(Integer, primary_key=True)
    name = Column(String(10))
    __mapper_args__ = {"polymorphic_identity": "engineer", "concrete": True}
