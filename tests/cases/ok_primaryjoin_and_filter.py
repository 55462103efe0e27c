# primaryjoin with and_ and a constant
# accepted: 1.4 2.0 2.1

from sqlalchemy import Column, ForeignKey, Integer, String, and_
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class User(Base):
    __tablename__ = "user"
    id = Column(Integer, primary_key=True)
    boston = relationship(
        "Address",
        primaryjoin="and_(User.id == Address.user_id, Address.city == 'Boston')",
        viewonly=True,
    )


class Address(Base):
    __tablename__ = "address"
    id = Column(Integer, primary_key=True)
    user_id = Column(ForeignKey("user.id"))
    city = Column(String(20))
