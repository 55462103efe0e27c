# tables reflected later: columns are not in the source
# accepted: 1.4 2.0 2.1
# unknown: 1.4 2.0 2.1

from sqlalchemy import create_engine
from sqlalchemy import Table
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


engine = create_engine("sqlite://")
with engine.begin() as conn:
    conn.exec_driver_sql("create table owner (id integer primary key)")
    conn.exec_driver_sql("create table dog (id integer primary key, owner_id integer references owner (id))")
    dog_table = Table("dog", Base.metadata, autoload_with=conn)


class Owner(Base):
    __table__ = Base.metadata.tables["owner"]
    dogs = relationship("Dog", back_populates="owner")


class Dog(Base):
    __table__ = dog_table
    owner = relationship("Owner", back_populates="dogs")
