# column_property, hybrid_property, deferred, query_expression beside relationships
# accepted: 1.4 2.0 2.1

from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import column_property, deferred, query_expression, synonym
from sqlalchemy import Column, Integer, String, func
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class User(Base):
    __tablename__ = "user"
    id = Column(Integer, primary_key=True)
    first = Column(String(20))
    last = Column(String(20))
    full = column_property(first + " " + last)
    bio = deferred(Column(String(200)))
    rank = query_expression()
    given = synonym("first")

    @hybrid_property
    def initial(self):
        return self.first[0]

    @initial.expression
    def initial(cls):
        return func.substr(cls.first, 1, 1)
