# Table.c attribute that does not exist
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
    following = relationship(
        "Person",
        secondary=follows,
        primaryjoin=id == follows.c.follower,
#                                   ^^^^^^^^ error[python-attribute-error]
        secondaryjoin=id == follows.c.followed_id,
    )
