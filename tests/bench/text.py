"""The Python text of a planned workspace.

Owns how models, packages and noise are written. Draws what chance it needs from the generator that it is given.
"""

import random

from plan import Link, Model, ModelFile, Pair

BASE = '''"""What all models share."""

from sqlalchemy import Column, DateTime, String, func
from sqlalchemy.orm import DeclarativeBase


class Base(DeclarativeBase):
    """The declarative base."""


class Timestamps:
    """When a row was made and changed."""

    created_at = Column(DateTime, server_default=func.now())
    updated_at = Column(DateTime, onupdate=func.now())


class Owned:
    """Whose a row is."""

    owner_name = Column(String(120))
'''

CLASSIC_TYPES = {"amount": "Float", "quantity": "Integer", "priority": "Integer", "weight": "Float", "height": "Float",
                 "started_on": "DateTime", "finished_on": "DateTime", "is_active": "Boolean", "is_public": "Boolean",
                 "position": "Integer", "score": "Float", "rating": "Integer", "notes": "Text", "comment": "Text"}
MODERN_TYPES = {"Float": "float", "Integer": "int", "DateTime": "datetime", "Boolean": "bool", "Text": "str"}


def models(file: ModelFile) -> str:
    """The text of a file of models."""
    parts = [_head(file), *(_pair(pair) for pair in file.pairs)]
    write = _modern if file.is_modern else _classic
    return "\n\n".join([*parts, *(write(model) for model in file.models)])


def _head(file: ModelFile) -> str:
    others = sorted({(it.file.dotted, it.name) for it in _neighbours(file) if it.file is not file})
    lines = [f'"""Models of {file.module}."""', ""]
    if file.is_modern:
        lines += ["from __future__ import annotations", "", "from datetime import datetime", "from typing import TYPE_CHECKING", ""]
    lines.append("from sqlalchemy import Boolean, Column, DateTime, Float, ForeignKey, Integer, String, Table, Text")
    names = "Mapped, mapped_column, relationship" if file.is_modern else "backref, relationship"
    lines += [f"from sqlalchemy.orm import {names}", "", "from app.base import Base, Owned, Timestamps"]
    if file.is_modern and others:
        lines += ["", "if TYPE_CHECKING:", *(f"    from {module} import {name}" for module, name in others)]
    return "\n".join(lines) + "\n"


def _neighbours(file: ModelFile) -> list[Model]:
    return [it for model in file.models for link in model.parents + model.children for it in (link.parent, link.child)]


def _pair(pair: Pair) -> str:
    sides = [f'    Column("{side}_id", ForeignKey("{model.table}.id"), primary_key=True),'
             for side, model in (("left", pair.left), ("right", pair.right))]
    return "\n".join([f"{pair.table} = Table(", f'    "{pair.table}",', "    Base.metadata,", *sides, ")", ""])


def _class(model: Model) -> list[str]:
    bases = ", ".join([*model.mixins, "Base"])
    title = model.table.replace("_", " ")
    return [f"class {model.name}({bases}):", f'    """One {title}."""', "", f'    __tablename__ = "{model.table}"', ""]


def _modern(model: Model) -> str:
    lines = [*_class(model), "    id: Mapped[int] = mapped_column(primary_key=True)"]
    for column in model.columns:
        kind = MODERN_TYPES.get(CLASSIC_TYPES.get(column, "Text"))
        size = "String(80)" if column not in CLASSIC_TYPES else CLASSIC_TYPES[column]
        lines.append(f"    {column}: Mapped[{kind}] = mapped_column({size})")
    for link in model.parents:
        lines.append(f'    {link.to_parent}_id: Mapped[int] = mapped_column(ForeignKey("{link.parent.table}.id"))')
    for link in model.parents:
        lines.append(f'    {link.to_parent}: Mapped["{link.parent.name}"] = relationship({_other_side(link)})')
    for link in model.children:
        if not link.is_backref:
            lines.append(f'    {link.to_children}: Mapped[list["{link.child.name}"]] = relationship(back_populates="{link.to_parent}")')
    for pair in model.many:
        other, own, back = _sides(pair, model)
        lines.append(f'    {own}: Mapped[list["{other.name}"]] = relationship(secondary={pair.table}, back_populates="{back}")')
    return "\n".join(lines + _method(model))


def _classic(model: Model) -> str:
    lines = [*_class(model), "    id = Column(Integer, primary_key=True)"]
    for column in model.columns:
        lines.append(f"    {column} = Column({CLASSIC_TYPES.get(column, 'String(80)')}, nullable=False)")
    for link in model.parents:
        lines.append(f'    {link.to_parent}_id = Column(Integer, ForeignKey("{link.parent.table}.id"), index=True)')
    for link in model.parents:
        lines.append(f'    {link.to_parent} = relationship("{link.parent.name}", {_other_side(link)})')
    for link in model.children:
        if not link.is_backref:
            lines.append(f'    {link.to_children} = relationship("{link.child.name}", back_populates="{link.to_parent}")')
    for pair in model.many:
        other, own, back = _sides(pair, model)
        lines.append(f'    {own} = relationship("{other.name}", secondary="{pair.table}", back_populates="{back}")')
    return "\n".join(lines + _method(model))


def _other_side(link: Link) -> str:
    if link.is_backref:
        return f'backref=backref("{link.to_children}", lazy="select")'
    return f'back_populates="{link.to_children}"'


def _sides(pair: Pair, model: Model) -> tuple[Model, str, str]:
    """The other model of a pair, the relationship there is on this one, and that on the other."""
    names = (f"{pair.table}_rights", f"{pair.table}_lefts")
    return (pair.right, *names) if model is pair.left else (pair.left, *reversed(names))


def _method(model: Model) -> list[str]:
    if "name" in model.columns:
        return ["", "    def label(self) -> str:", '        """How it is shown."""', "        return self.name.title()", ""]
    column = model.columns[0]
    return ["", "    def __repr__(self) -> str:", f'        return f"<{model.name} {{self.id}} {{self.{column}!r}}>"', ""]


# Noise

VERBS = "load store merge split render parse send fetch check update collect filter sort group count publish".split()
NOUNS = "rows items pages users files reports events jobs tasks values parts names lines notes keys batches".split()


def noise(chance: random.Random, number: int, files: list[ModelFile]) -> str:
    """A file without models; about every seventh asks the database something."""
    asks = chance.random() < 0.15
    lines = [f'"""Module {number} of the services."""', "", "import json", "import logging", "from collections import defaultdict"]
    lines += ["from dataclasses import dataclass, field", ""]
    asked = None
    if asks and files:
        file = chance.choice(files)
        asked = chance.choice(file.models)
        lines += ["from sqlalchemy import select", "from sqlalchemy.orm import Session", "", f"from {file.dotted} import {asked.name}", ""]
    lines += ["logger = logging.getLogger(__name__)", "", ""]
    if asked is not None:
        lines += _query(asked)
    for nth in range(chance.randint(1, 2)):
        lines += _service(chance, number, nth)
    for nth in range(chance.randint(1, 3)):
        lines += _function(chance, nth)
    return "\n".join(lines)


def _query(model: Model) -> list[str]:
    column = model.columns[0]
    return [f"def find(session: Session, value) -> list[{model.name}]:", '    """All rows with this value."""',
            f"    query = select({model.name}).where({model.name}.{column} == value).order_by({model.name}.id)",
            "    return list(session.execute(query).scalars())", "", ""]


def _service(chance: random.Random, number: int, nth: int) -> list[str]:
    noun = chance.choice(NOUNS)
    lines = ["@dataclass", f"class {noun.title()}Service{number}x{nth}:", f'    """Works on {noun}."""', "", "    limit: int = 100",
             "    seen: dict[str, int] = field(default_factory=dict)", ""]
    for verb in chance.sample(VERBS, chance.randint(1, 2)):
        other = chance.choice(NOUNS)
        lines += [f"    def {verb}_{other}(self, {other}, *, strict=False):", f'        """{verb.title()}s the {other}, at most `limit` of them."""',
                  f"        result = defaultdict(list)", f"        for index, each in enumerate({other}):", "            if index >= self.limit:",
                  f'                logger.warning("more than %d {other}", self.limit)', "                break",
                  '            key = each.get("key") if isinstance(each, dict) else str(each)', "            if strict and key in self.seen:",
                  f'                raise ValueError(f"{{key!r}} was there before: {{self.seen[key]}}")',
                  "            self.seen[key] = self.seen.get(key, 0) + 1", "            result[key].append(each)",
                  "        return {key: sorted(values, key=str) for key, values in result.items()}", ""]
    return [*lines, ""]


def _function(chance: random.Random, nth: int) -> list[str]:
    verb, noun = chance.choice(VERBS), chance.choice(NOUNS)
    return [f"def {verb}_{noun}_{nth}(source, target=None, **options):", f'    """{verb.title()}s {noun} from a source."""',
            f"    size = options.get('size', {chance.randint(10, 900)})", "    with open(source, encoding='utf-8') as opened:",
            f"        {noun} = [json.loads(line) for line in opened if line.strip()]", "    try:",
            f"        chosen = [each for each in {noun} if len(each) < size and each.get('state') != 'closed']",
            "    except TypeError as failure:", f"        logger.error('no {noun}: %s', failure)", "        return target or []",
            f"    return [*(target or []), *chosen[: size * {chance.randint(2, 9)}]]", "", ""]
