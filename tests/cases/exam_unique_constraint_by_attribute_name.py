# a constraint wants the column's name, not the attribute's
# error: 1.4 2.0 2.1

from sqlalchemy import Column, Integer, String, UniqueConstraint
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class Subscriber(Base):
    __tablename__ = "subscriber"

    id = Column(Integer, primary_key=True)
    email = Column("email_address", String(120), nullable=False)
    newsletter = Column(String(30))

    __table_args__ = (
        UniqueConstraint("newsletter", "email", name="uq_subscriber"),
#                                       ^^^^^ error[constraint-unknown-column]
        {"comment": "who gets which letter"},
    )
