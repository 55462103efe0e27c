# a partial path that still fits two classes
# error: 1.4 2.0 2.1

#- main.py
import billing.models
import shipping.models
import people

#- base.py
from sqlalchemy.orm import declarative_base

Base = declarative_base()

#- billing/__init__.py

#- billing/models.py
from sqlalchemy import Column, ForeignKey, Integer

from base import Base


class Address(Base):
    __tablename__ = "billing_address"

    id = Column(Integer, primary_key=True)
    person_id = Column(ForeignKey("person.id"))

#- people.py
from sqlalchemy import Column, Integer
from sqlalchemy.orm import relationship

from base import Base


class Person(Base):
    __tablename__ = "person"

    id = Column(Integer, primary_key=True)
    bills_to = relationship("billing.models.Address")
    ships_to = relationship("models.Address")
#                            ^^^^^^^^^^^^^^ error[multiple-classes]

#- shipping/__init__.py

#- shipping/models.py
from sqlalchemy import Column, ForeignKey, Integer

from base import Base


class Address(Base):
    __tablename__ = "shipping_address"

    id = Column(Integer, primary_key=True)
    person_id = Column(ForeignKey("person.id"))
