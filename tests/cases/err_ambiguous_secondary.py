# secondary with two keys to one side
# error: 1.4 2.0 2.1

from sqlalchemy import Column, ForeignKey, Integer, Table
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


follows = Table(
    "follows",
    Base.metadata,
    Column("follower_id", ForeignKey("person.id"), primary_key=True),
    Column("followed_id", ForeignKey("person.id"), primary_key=True),
)


class Person(Base):
    __tablename__ = "person"
    id = Column(Integer, primary_key=True)
    following = relationship("Person", secondary=follows)
#               ^^^^^^^^^^^^ error[ambiguous-foreign-keys-secondary]
