# broken models in a function nobody calls, in a string and for type checkers only
# accepted: 1.4 2.0 2.1

from typing import TYPE_CHECKING

from sqlalchemy import Column, ForeignKey, Integer, MetaData, Table
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()

EXAMPLE = """
class Wrong(Base):
    parts = relationship("Prat", back_populates="whole")
"""

if TYPE_CHECKING:

    class TypedBase(Base):
        id: int

else:
    TypedBase = Base


def upgrade_from_version_three():
    old = MetaData()
    return Table("machine", old, Column("id", Integer), Column("hall_id", ForeignKey("hall.id")))


def make_models_for_a_test(base):
    class Probe(base):
        __tablename__ = "probe"

        id = Column(Integer, primary_key=True)
        machine = relationship("Machin")

    return Probe


class Machine(TypedBase):
    __tablename__ = "machine"

    id = Column(Integer, primary_key=True)
