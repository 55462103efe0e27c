"""Workspaces of any size, the same for the same shape and seed.

Owns what is written where, and the places in it that a measurement asks about. The tree lies in a folder of the cache,
beside it `probe.json`; a tree that is there already is used again.
"""

import json
import random
import re
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path

import text
from plan import ModelFile, Shape, plan


@dataclass(frozen=True)
class Probe:
    """Where a measurement works."""

    file: str
    """The document that is opened."""
    definitions: list[tuple[int, int, str, int]]
    """Line and column in it of a class's name in a quoted annotation, and the file and line where that class is."""
    keys: list[tuple[int, int]]
    """Line and column in it of the table's name in a foreign key."""
    line: int
    """Before which line a new line belongs to the body of a class."""
    is_modern: bool = True
    """Whether the document is written in the style of SQLAlchemy 2.0."""


def workspace(folder: Path, shape: Shape) -> tuple[Path, Probe]:
    """The root of a workspace of this shape below `folder`, and where to work in it."""
    home = folder / shape.name
    note = home / "probe.json"
    if not note.exists():
        shutil.rmtree(home, ignore_errors=True)
        files = plan(shape)
        contents = dict(contents_of(shape, files))
        write(home / "root", contents)
        note.write_text(json.dumps(asdict(probe_of(files, contents))), encoding="utf-8")
    return home / "root", Probe(**json.loads(note.read_text(encoding="utf-8")))


def write(root: Path, contents: dict[str, str]) -> None:
    """Writes a tree."""
    for path, content in contents.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(content, encoding="utf-8")


def contents_of(shape: Shape, files: list[ModelFile]):
    """Every file of a workspace, by path."""
    chance = random.Random(shape.seed + 1)
    yield "pyproject.toml", '[project]\nname = "app"\nversion = "1"\n'
    yield "app/__init__.py", ""
    yield "app/base.py", text.BASE
    yield "app/models/__init__.py", ""
    for package in sorted({it.package for it in files}):
        yield f"app/models/{package}/__init__.py", ""
    for file in files:
        yield file.path, text.models(file)
    for number in range(shape.noise):
        yield f"app/services/area_{number // 50:03}/service_{number:05}.py", text.noise(chance, number, files)


def probe_of(files: list[ModelFile], contents: dict[str, str]) -> Probe:
    """Where to work: the modern file with the most names from other files."""
    places = {model.name: (file.path, line) for file in files for model, line in _classes(file, contents[file.path])}
    best = max((it for it in files if it.is_modern), key=lambda it: len(_targets(it, contents[it.path], places)))
    content = contents[best.path]
    keys = [(line, column) for line, column, _ in found(content, r'ForeignKey\("([a-z])')]
    first = next(line for line, _, _ in found(content, r"    (id): Mapped"))
    return Probe(best.path, _targets(best, content, places), keys, first + 1)


def _targets(file: ModelFile, content: str, places) -> list[tuple[int, int, str, int]]:
    named = found(content, r'Mapped\[(?:list\[)?"(\w+)"')
    there = [(line, column, *places[name]) for line, column, name in named]
    # A file that stands alone has no other to lead to.
    away = [it for it in there if it[2] != file.path]
    return (away or there)[:200]


def _classes(file: ModelFile, content: str):
    lines = {name: line for line, _, name in found(content, r"^class (\w+)")}
    return [(model, lines[model.name]) for model in file.models]


def found(content: str, pattern: str):
    """Line, column and text of every match of a pattern's group."""
    wanted = re.compile(pattern)
    for number, line in enumerate(content.split("\n")):
        for match in wanted.finditer(line):
            yield number, match.start(1), match[1]
