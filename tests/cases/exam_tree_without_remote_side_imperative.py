# imperative mapping of a tree: the "parent" is a collection for want of `remote_side`
# silent: 1.4 2.0 2.1

from sqlalchemy import Column, ForeignKey, Integer, Table
from sqlalchemy.orm import registry, relationship

mapper_registry = registry()

units = Table(
    "unit",
    mapper_registry.metadata,
    Column("id", Integer, primary_key=True),
    Column("parent_id", Integer, ForeignKey("unit.id")),
)


class Unit:
    pass


mapper_registry.map_imperatively(
    Unit,
    units,
    properties={"parent": relationship(Unit, lazy="joined", join_depth=2)},
#                         ^^^^^^^^^^^^ hint[self-referential-no-remote-side]
)
