# primaryjoin over columns that have no foreign key and no foreign()
# error: 1.4 2.0 2.1

from sqlalchemy import Column, Integer, String
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Visitor(Base):
    __tablename__ = "visitor"
    id = Column(Integer, primary_key=True)
    email = Column(String(50))
    tickets = relationship("Pass", primaryjoin="Visitor.email == Pass.email")
#                                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^ error[no-relevant-fk-columns]


class Pass(Base):
    __tablename__ = "pass"
    id = Column(Integer, primary_key=True)
    email = Column(String(50))
