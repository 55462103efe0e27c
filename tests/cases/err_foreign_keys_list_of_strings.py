# foreign_keys is a list of strings
# error: 1.4 2.0 2.1

from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Account(Base):
    __tablename__ = "account"
    id = Column(Integer, primary_key=True)


class Transfer(Base):
    __tablename__ = "transfer"
    id = Column(Integer, primary_key=True)
    source_id = Column(ForeignKey("account.id"))
    target_id = Column(ForeignKey("account.id"))
    source = relationship("Account", foreign_keys=["Transfer.source_id"])
#                                                   ^^^^^^^^^^^^^^^^^^ error[string-not-column]
    target = relationship("Account", foreign_keys="[Transfer.target_id]")
