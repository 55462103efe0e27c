"""What SQLAlchemy's configured mappers hold, in the very JSON form of `relmodel inspect`.

Runs inside an environment that has SQLAlchemy. Owns the translation of mappers into facts; knows nothing of jobs,
workspaces or the server. Fields that only a reader of the source can know (`path`, `line`) are left out.
"""

import sqlalchemy
from sqlalchemy.orm import mapperlib


def facts(below=None):
    """Classes, tables and relationships of every registry; `below` keeps those of some packages (their dotted names)."""
    wanted = [mapper for mapper in mappers() if _within(mapper.class_, below)]
    tables = {table.fullname: table for mapper in wanted for table in metadata_of(mapper).tables.values()}
    return {
        "classes": [_class(mapper) for mapper in wanted],
        "tables": [
            {"name": name, "columns": [_column(column.key, column) for column in table.columns]}
            for name, table in sorted(tables.items())
        ],
        "relationships": [
            _relationship(mapper, prop)
            for mapper in wanted
            for prop in sorted(mapper.relationships, key=lambda each: each.key)
            if prop.parent is mapper
        ],
    }


def mappers():
    """The mappers of all registries in a fixed order."""
    every = [mapper for registry in mapperlib._all_registries() for mapper in registry.mappers]
    return sorted(every, key=lambda mapper: (qualified(mapper.class_), str(mapper.local_table)))


def metadata_of(mapper):
    """The `MetaData` of a mapper's table; an empty one where the mapper selects from something else."""
    return getattr(mapper.local_table, "metadata", None) or sqlalchemy.MetaData()


def qualified(cls):
    """The name by which Python would import the class."""
    return f"{cls.__module__}.{cls.__qualname__}"


def _within(cls, below):
    return below is None or is_below(cls.__module__, below)


def is_below(module, packages):
    """Whether a module is one of these packages or lies in one."""
    return any(module == each or module.startswith(each + ".") for each in packages)


def _class(mapper):
    own = [prop for prop in mapper.column_attrs if prop.parent is mapper]
    columns = [_column(prop.key, prop.columns[0]) for prop in own if _is_of_table(prop.columns[0])]
    return {
        "class": qualified(mapper.class_),
        "table": getattr(mapper.local_table, "fullname", None),
        "inherits": qualified(mapper.inherits.class_) if mapper.inherits is not None else None,
        "columns": columns,
    }


def _is_of_table(column):
    """Whether it is a column of a table, and not of a subquery or an expression."""
    return isinstance(column, sqlalchemy.Column) and hasattr(column.table, "fullname")


def _column(key, column):
    return {
        "key": key,
        "name": column.name,
        "table": column.table.fullname,
        "type": type(column.type).__name__,
        "nullable": bool(column.nullable),
        "primary_key": bool(column.primary_key),
        "foreign_keys": sorted(_target(key) for key in column.foreign_keys),
    }


def _target(key):
    """The column that a foreign key leads to, by the full name of its table: the default schema is not written."""
    written = key.target_fullname
    try:
        return f"{key.column.table.fullname}.{written.rpartition('.')[2]}"
    except sqlalchemy.exc.SQLAlchemyError:
        return written


def _relationship(mapper, prop):
    secondary = prop.secondary
    return {
        "class": qualified(mapper.class_),
        "key": prop.key,
        "target": qualified(prop.mapper.class_),
        "direction": prop.direction.name,
        "uselist": bool(prop.uselist),
        "secondary": None if secondary is None else getattr(secondary, "fullname", type(secondary).__name__),
        "reverse": sorted(f"{qualified(other.parent.class_)}.{other.key}" for other in prop._reverse_property),
        "local_remote_pairs": sorted(f"{_dotted(local)}->{_dotted(remote)}" for local, remote in prop.local_remote_pairs),
        "viewonly": bool(prop.viewonly),
        "from_backref": any(_backref_key(other) == prop.key for other in prop._reverse_property),
    }


def _dotted(column):
    table = getattr(column, "table", None)
    return f"{table.fullname}.{column.name}" if hasattr(table, "fullname") else str(column)


def _backref_key(prop):
    """The name that a relationship's `backref` gave to its other side, if it has one."""
    backref = getattr(prop, "backref", None)
    return backref if isinstance(backref, str) or backref is None else backref[0]
