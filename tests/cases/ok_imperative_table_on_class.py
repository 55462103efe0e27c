# imperative mapping of tables that the classes themselves hold
# accepted: 1.4 2.0 2.1

from sqlalchemy.orm import registry
from sqlalchemy import Column, ForeignKey, Integer, Table, select
from sqlalchemy.orm import relationship

mapper_registry = registry()


class Plane:
    id: int


class Engine:
    pass


Plane.table = Table("plane", mapper_registry.metadata, Column("id", Integer, primary_key=True))
Engine.table = Table(
    "engine",
    mapper_registry.metadata,
    Column("id", Integer, primary_key=True),
    Column("plane_id", ForeignKey("plane.id")),
)

mapper_registry.map_imperatively(
    Plane,
    Plane.table,
    properties=dict(
        engines=relationship(
            Engine, primaryjoin=(Plane.table.c.id == Engine.table.c.plane_id), back_populates="plane"
        ),
    ),
)
mapper_registry.map_imperatively(
    Engine, Engine.table, properties=dict(plane=relationship(Plane, back_populates="engines"))
)

first_of_all = select(Plane.table.c["id"], Engine.table.columns.plane_id).where(Plane.id == 1)
