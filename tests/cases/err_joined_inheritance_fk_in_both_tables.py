# keys in base and sub table: the one-to-many side is ambiguous, the many-to-one side is not
# error: 1.4 2.0 2.1

from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Company(Base):
    __tablename__ = "company"
    id = Column(Integer, primary_key=True)
    managers = relationship("Manager", back_populates="of_company")
#              ^^^^^^^^^^^^ error[ambiguous-foreign-keys]


class Employee(Base):
    __tablename__ = "employee"
    id = Column(Integer, primary_key=True)
    company_id = Column(ForeignKey("company.id"))


class Manager(Employee):
    __tablename__ = "manager"
    id = Column(ForeignKey("employee.id"), primary_key=True)
    of_company_id = Column(ForeignKey("company.id"))
    of_company = relationship("Company", back_populates="managers")
