# The class that Flask-SQLAlchemy's models are made of stands in a dictionary, and so do its columns
# accepted: 1.4 2.0 2.1
# unknown: 1.4 2.0 2.1

from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.model import Model
from sqlalchemy import Column, DateTime, Index, Integer


class Timestamps(Model):
    updated_at = Column(DateTime)


MODELS = {"timestamps": Timestamps}

db = SQLAlchemy(model_class=MODELS["timestamps"])


class Book(db.Model):
    id = Column(Integer, primary_key=True)
    __table_args__ = (Index("ix_book_updated_at", "updated_at"),)
