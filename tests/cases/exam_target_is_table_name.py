# the table's name where the class's name belongs, in another module than the class
# error: 1.4 2.0 2.1

#- main.py
import loans
import library

#- base.py
from sqlalchemy.orm import declarative_base

Base = declarative_base()

#- library.py
from sqlalchemy import Column, Integer
from sqlalchemy.orm import relationship

from base import Base


class LibraryCard(Base):
    __tablename__ = "library_card"

    id = Column(Integer, primary_key=True)
    loans = relationship("Loan", back_populates="card")

#- loans.py
import sqlalchemy as sa
from sqlalchemy.orm import relationship

from base import Base


class Loan(Base):
    __tablename__ = "loan"

    id = sa.Column(sa.Integer, primary_key=True)
    card_id = sa.Column(sa.ForeignKey("library_card.id"), nullable=False)
    card = relationship("library_card", back_populates="loans", innerjoin=True)
#                        ^^^^^^^^^^^^ error[not-a-class-or-mapper]
