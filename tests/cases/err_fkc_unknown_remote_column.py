# ForeignKeyConstraint names a remote column that does not exist
# error: 1.4 2.0 2.1

from sqlalchemy import Column, Integer, String, ForeignKeyConstraint
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Port(Base):
    __tablename__ = "port"
    country = Column(String(2), primary_key=True)
    code = Column(String(3), primary_key=True)


class Ship(Base):
    __tablename__ = "ship"
    id = Column(Integer, primary_key=True)
    port_country = Column(String(2))
    port_code = Column(String(3))
    port = relationship("Port")
    __table_args__ = (
        ForeignKeyConstraint(
            ["port_country", "port_code"], ["port.country", "port.kode"]
#                                                                 ^^^^ error[fk-unknown-column]
        ),
    )
