# two single ForeignKeys to a composite key: ambiguous
# error: 1.4 2.0 2.1

from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Port(Base):
    __tablename__ = "port"
    country = Column(String(2), primary_key=True)
    code = Column(String(3), primary_key=True)


class Ship(Base):
    __tablename__ = "ship"
    id = Column(Integer, primary_key=True)
    port_country = Column(ForeignKey("port.country"))
    port_code = Column(ForeignKey("port.code"))
    port = relationship("Port")
#          ^^^^^^^^^^^^ error[ambiguous-foreign-keys]
