# a package that the models take a type from makes tables elsewhere; that both call SQLAlchemy `sa` lets it reach no metadata
# error: 1.4 2.0 2.1

#- main.py
import models

#- kit/__init__.py
from .kinds import Short
from .view import table_of

#- kit/kinds.py
import sqlalchemy as sa

Short = sa.String(20)

#- kit/view.py
import sqlalchemy as sa


def table_of(name, columns, metadata):
    return sa.Table(name, metadata, *columns)

#- models.py
import sqlalchemy as sa
from sqlalchemy.orm import declarative_base, relationship

from kit import Short

Base = declarative_base()


class Parent(Base):
    __tablename__ = "parent"
    id = sa.Column(sa.Integer, primary_key=True)
    name = sa.Column(Short)
    children = relationship("Child")


class Child(Base):
    __tablename__ = "child"
    id = sa.Column(sa.Integer, primary_key=True)
    parent_id = sa.Column(sa.Integer, sa.ForeignKey("parnet.id"))
    #                                                ^^^^^^ error[fk-unknown-table]
