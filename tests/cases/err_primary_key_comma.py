# trailing comma on the key column: seen as "no primary key"
# error: 1.4 2.0 2.1

from sqlalchemy import Column, Integer, String
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class User(Base):
    __tablename__ = "user"
    id = Column(Integer, primary_key=True),
#   ^^ error[no-primary-key]
    name = Column(String(20))
