# columns, constraints and options that look wrong and are right
# accepted: 1.4 2.0 2.1

from sqlalchemy import (
    CheckConstraint,
    Column,
    Computed,
    ForeignKey,
    ForeignKeyConstraint,
    Identity,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Sequence,
    String,
    Table,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.orm import column_property, declarative_base, relationship, synonym

Base = declarative_base()
DEFAULTS = {"nullable": False, "index": True}
NAME = "name"


def short(length=20, **options):
    return Column(String(length), **options)


class Ship(Base):
    __tablename__ = "ship"
    __table_args__ = (
        UniqueConstraint(NAME, "flag_", name="uq_ship"),
        Index(None, "name"),
        Index("ix_upper", func.upper("name")),
        Index("ix_desc", text("name DESC")),
        CheckConstraint("length > 0"),
        {"mysql_charset": "utf8", "comment": "ships", "info": {"a": 1}},
    )
    id = Column("id", Integer, Sequence("ship_id"), primary_key=True)
    name = Column(NAME, String, quote=True, **DEFAULTS)
    flag = Column(key="flag_", name="flag", type_=String, unique=True, index=None)
    length = Column("length", Integer, default=None, server_default=text("1"))
    width = Column(Integer, index="", unique=False)
    area = Column(Integer, Computed("length * width"))
    number = Column(Integer, Identity(), autoincrement=True)
    code = short(nullable=False, doc="a code")
    port_country = Column(String)
    port_code = Column(String)
    upper = column_property(func.upper(name))
    title = synonym("name")
    limit = 5 + 6
    sizes = (1, 2)
    columns_of = (Column,)
    same = "a" == "b"


class Port(Base):
    __table__ = Table(
        "port",
        Base.metadata,
        Column("country", String, primary_key=True),
        Column("code", String, primary_key=True),
        UniqueConstraint("code"),
    )
    land = __table__.c.country


class Berth(Base):
    __tablename__ = "berth"
    country = Column(String)
    code = Column(String)
    nr = Column(Integer)
    __table_args__ = (
        PrimaryKeyConstraint("country", "code", "nr"),
        ForeignKeyConstraint(["country", "code"], ["port.country", "port.code"]),
        Index("ix_nr", nr),
        None,
    )


class Empty(Base):
    __tablename__ = "empty"
    __table_args__ = ()
    id = Column(Integer, primary_key=True)


class Options(Base):
    __tablename__ = "options"
    __table_args__ = dict(schema=None, extend_existing=True)
    id = Column(Integer, primary_key=True)


class Marked(Base):
    __tablename__ = "marked"
    __table_args__ = (PrimaryKeyConstraint("id", name="pk_marked"),)
    id = Column(Integer, primary_key=True)
    metadata_ = Column("metadata", String)
    registry_ = Column("registry", String)


other = MetaData()
shared = ForeignKey("marked.id")
kept = Table("kept", other, Column("id", Integer), Column("id2", Integer), keep_existing=True)
