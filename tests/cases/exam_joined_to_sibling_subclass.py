# joined inheritance: one subclass's key leads to its sibling, and the parent has a key to a subclass
# accepted: 1.4 2.0 2.1

from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Employee(Base):
    __tablename__ = "employee"

    id = Column(Integer, primary_key=True)
    kind = Column(String(20))

    __mapper_args__ = {"polymorphic_identity": "employee", "polymorphic_on": kind}


class Manager(Employee):
    __tablename__ = "manager"

    id = Column(Integer, ForeignKey("employee.id"), primary_key=True)
    engineers = relationship("Engineer", back_populates="manager", foreign_keys="Engineer.manager_id")

    __mapper_args__ = {"polymorphic_identity": "manager"}


class Engineer(Employee):
    __tablename__ = "engineer"

    id = Column(Integer, ForeignKey("employee.id"), primary_key=True)
    manager_id = Column(Integer, ForeignKey("manager.id"))
    manager = relationship("Manager", back_populates="engineers", foreign_keys=[manager_id])

    __mapper_args__ = {"polymorphic_identity": "engineer"}
