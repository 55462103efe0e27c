# imperative mapping with properties and string target
# accepted: 1.4 2.0 2.1

from sqlalchemy.orm import registry
from sqlalchemy import Column, ForeignKey, Integer, Table
from sqlalchemy.orm import relationship

mapper_registry = registry()

user_table = Table("user", mapper_registry.metadata, Column("id", Integer, primary_key=True))
address_table = Table(
    "address",
    mapper_registry.metadata,
    Column("id", Integer, primary_key=True),
    Column("user_id", ForeignKey("user.id")),
)


class User:
    pass


class Address:
    pass


mapper_registry.map_imperatively(
    User,
    user_table,
    properties={"addresses": relationship("Address", back_populates="user", order_by=address_table.c.id)},
)
mapper_registry.map_imperatively(
    Address, address_table, properties={"user": relationship(User, back_populates="addresses")}
)
