# key by string to the own table in a class under another schema translate name
# accepted: 1.4 2.0 2.1

from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import declarative_base, relationship, backref

Base = declarative_base()


class Dept(Base):
    __tablename__ = "dept"
    __table_args__ = {"schema": "hr"}
    id = Column(Integer, primary_key=True)
    up_id = Column(ForeignKey("hr.dept.id", use_alter=True, name="fk_up"))
    up = relationship("Dept", remote_side=[id], backref="subs")
