# concrete inheritance, each with its own table and relationship
# accepted: 1.4 2.0 2.1

from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Employee(Base):
    __tablename__ = "employee"
    id = Column(Integer, primary_key=True)
    name = Column(String(10))
    company_id = Column(ForeignKey("company.id"))
    company = relationship("Company")


class Manager(Employee):
    __tablename__ = "manager"
    id = Column(Integer, primary_key=True)
    name = Column(String(10))
    company_id = Column(ForeignKey("company.id"))
    company = relationship("Company")
    __mapper_args__ = {"concrete": True}


class Company(Base):
    __tablename__ = "company"
    id = Column(Integer, primary_key=True)
