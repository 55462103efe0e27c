# imperative mapping with attributes of other names than the columns, joined inheritance and a backref
# accepted: 1.4 2.0 2.1

#- main.py
import mapping

#- mapping.py
from sqlalchemy.orm import backref, registry, relationship

from domain import Cargo, Convoy, Vessel
from tables import cargo, convoy, metadata, vessel

mapper_registry = registry(metadata=metadata)

mapper_registry.map_imperatively(
    Vessel,
    vessel,
    polymorphic_on=vessel.c.kind,
    polymorphic_identity="vessel",
    properties={
        "number": vessel.c.vessel_no,
        "convoy": relationship(Convoy, backref=backref("vessels", order_by=vessel.c.vessel_no)),
    },
)
mapper_registry.map_imperatively(Cargo, cargo, inherits=Vessel, polymorphic_identity="cargo")
mapper_registry.map_imperatively(
    Convoy,
    convoy,
    properties={
        "cargo_ships": relationship(
            "Cargo",
            primaryjoin="Convoy.id == foreign(Vessel.convoy_id)",
            viewonly=True,
        ),
    },
)

#- domain.py
class Vessel:
    pass


class Cargo(Vessel):
    pass


class Convoy:
    pass

#- tables.py
from sqlalchemy import Column, ForeignKey, Integer, MetaData, String, Table

metadata = MetaData()

convoy = Table("convoy", metadata, Column("id", Integer, primary_key=True))
vessel = Table(
    "vessel",
    metadata,
    Column("vessel_no", Integer, primary_key=True),
    Column("kind", String(10)),
    Column("convoy_id", ForeignKey("convoy.id")),
)
cargo = Table("cargo", metadata, Column("vessel_no", ForeignKey("vessel.vessel_no"), primary_key=True), Column("tons", Integer))
