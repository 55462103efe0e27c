# two composite keys share a column; the join condition marks the one column that is written
# accepted: 1.4 2.0 2.1

from sqlalchemy import Column, ForeignKey, ForeignKeyConstraint, Integer, String
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Tenant(Base):
    __tablename__ = "tenant"

    id = Column(Integer, primary_key=True)


class Project(Base):
    __tablename__ = "project"

    tenant_id = Column(ForeignKey("tenant.id"), primary_key=True)
    id = Column(Integer, primary_key=True)
    title = Column(String(80))


class Ticket(Base):
    __tablename__ = "ticket"
    __table_args__ = (
        ForeignKeyConstraint(["tenant_id", "project_id"], ["project.tenant_id", "project.id"]),
    )

    tenant_id = Column(ForeignKey("tenant.id"), primary_key=True)
    id = Column(Integer, primary_key=True)
    project_id = Column(Integer)
    tenant = relationship("Tenant")
    project = relationship(
        "Project",
        primaryjoin="and_(Project.id == foreign(Ticket.project_id), Project.tenant_id == Ticket.tenant_id)",
    )
