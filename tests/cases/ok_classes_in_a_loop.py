# a loop over strings makes a table and a class for each of them
# accepted: 1.4 2.0 2.1

from sqlalchemy import Boolean, Column, ForeignKey, Integer, Table
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()

link_of = {}

for kind in (
    "user",
    "group",
):
    # one link table each
    table = Table(
        f"{kind}_role",
        Base.metadata,
        Column(f"{kind}_id", ForeignKey(f"{kind}s.id", ondelete="CASCADE"), primary_key=True),
        Column("role_id", ForeignKey("roles.id", ondelete="CASCADE"), primary_key=True),
        Column("managed", Boolean, default=False),
    )

    link_of[kind] = type(kind.title() + "Role", (Base,), {"__table__": table})


class Role(Base):
    __tablename__ = "roles"
    id = Column(Integer, primary_key=True)
    users = relationship("User", secondary="user_role", back_populates="roles")
    groups = relationship("Group", secondary="group_role", back_populates="roles")


class User(Base):
    __tablename__ = "users"
    id = Column(Integer, primary_key=True)
    roles = relationship("Role", secondary="user_role", back_populates="users")
    links = relationship("UserRole", viewonly=True)


class Group(Base):
    __tablename__ = "groups"
    id = Column(Integer, primary_key=True)
    roles = relationship("Role", secondary="group_role", back_populates="groups")
    links = relationship("GroupRole", viewonly=True)


# The name is still that of the last turn.
last = relationship("Role", secondary=table, viewonly=True)
Group.last_roles = last
