# two modules each define the table of one schema; a third table of that name in another schema is fine
# error: 1.4 2.0 2.1

#- main.py
# Which of the two comes second is up to main.py, which has no model and is not read: the paths decide.
import sales
import archive
import import_job

#- archive.py
from sqlalchemy import Column, Integer

from base import Base


class OldInvoice(Base):
    __tablename__ = "invoice"
    __table_args__ = {"schema": "archive"}

    id = Column(Integer, primary_key=True)

#- base.py
from sqlalchemy.orm import declarative_base

Base = declarative_base()

#- import_job.py
from sqlalchemy import Column, Integer, String

from base import Base


class ImportedInvoice(Base):
    __tablename__ = "invoice"
    __table_args__ = {"schema": "sales"}

    number = Column(String(20), primary_key=True)
    total = Column(Integer)

#- sales.py
from sqlalchemy import Column, Integer

from base import Base


class Invoice(Base):
    __tablename__ = "invoice"
#                    ^^^^^^^ error[table-already-defined]
    __table_args__ = {"schema": "sales"}

    id = Column(Integer, primary_key=True)
