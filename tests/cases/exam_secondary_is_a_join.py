# `secondary` is a join of two tables, with one condition as a lambda and one as a string
# accepted: 1.4 2.0 2.1
# unknown: 1.4 2.0 2.1

from sqlalchemy import Column, ForeignKey, Integer, join
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Street(Base):
    __tablename__ = "street"

    id = Column(Integer, primary_key=True)


class Block(Base):
    __tablename__ = "block"

    id = Column(Integer, primary_key=True)
    street_id = Column(ForeignKey("street.id"))


class Flat(Base):
    __tablename__ = "flat"

    id = Column(Integer, primary_key=True)
    block_id = Column(ForeignKey("block.id"))


class Tenant(Base):
    __tablename__ = "tenant"

    id = Column(Integer, primary_key=True)
    flat_id = Column(ForeignKey("flat.id"))
    street = relationship(
        Street,
        secondary=join(Flat, Block, Flat.block_id == Block.id),
        primaryjoin=lambda: Tenant.flat_id == Flat.id,
        secondaryjoin="Block.street_id == Street.id",
        viewonly=True,
        uselist=False,
    )
