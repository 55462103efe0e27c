"""One-fault mutations of working model files: what a person mistypes, forgets or swaps.

A mutation replaces parts of one file. Which are made is chosen by a seed, so that the same sources give the same mutations.
Owns the kinds and where each can be made; knows nothing of what SQLAlchemy or relmodel say of them.
"""

import ast
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

RELATIONSHIPS = {"relationship", "Relationship", "relation", "dynamic_loader"}
NAME_AT_END = re.compile(r"\w+$")
NAME = re.compile(r"[A-Za-z_]\w*")
# Names in an expression that are no names of the project.
FUNCTIONS = {"and_", "or_", "not_", "foreign", "remote", "func", "desc", "asc", "lambda", "c", "in_", "is_", "None", "True", "False"}
CASCADES = ["delete_orphan", "orphan-delete", "deletes", "save", "al", "delete-orphans"]


@dataclass(frozen=True)
class Mutation:
    """A fault put into a file: bytes `start..end` become `new`."""

    kind: str
    path: str
    start: int
    end: int
    new: str

    def applied(self, content: bytes) -> bytes:
        """The file with the fault."""
        return content[: self.start] + self.new.encode() + content[self.end :]


@dataclass
class Source:
    """A file and its tree."""

    path: str
    content: bytes

    def __post_init__(self):
        self.tree = ast.parse(self.content)
        self.lines = [0]
        for line in self.content.splitlines(keepends=True):
            self.lines.append(self.lines[-1] + len(line))

    def span(self, node: ast.AST) -> tuple[int, int]:
        """Its bytes."""
        return self.lines[node.lineno - 1] + node.col_offset, self.lines[node.end_lineno - 1] + node.end_col_offset

    def text(self, node: ast.AST | None) -> tuple[str, int] | None:
        """The value of a plain string on one line, and the byte where it begins."""
        if not (isinstance(node, ast.Constant) and isinstance(node.value, str)):
            return None
        start, end = self.span(node)
        written = self.content[start:end].decode()
        if written[1:-1] != node.value or not node.value.isascii():
            return None
        return node.value, start + 1


def mutations(project: str, root: Path, files: list[Path], per_kind: int) -> list[Mutation]:
    """At most `per_kind` of each kind in a project's files, which lie below `root`."""
    found: dict[str, list[Mutation]] = {}
    for path in sorted(files):
        source = Source(path.relative_to(root).as_posix(), path.read_bytes())
        for each in sites(source, random.Random(f"{project}/{source.path}")):
            found.setdefault(each.kind, []).append(each)
    result = []
    for kind, pool in sorted(found.items()):
        result += random.Random(f"{project}/{kind}").sample(pool, min(per_kind, len(pool)))
    return result


def sites(source: Source, rng: random.Random) -> Iterator[Mutation]:
    """A mutation for each place of a file that allows one."""
    classes = [node for node in ast.walk(source.tree) if isinstance(node, ast.ClassDef)]
    for owner in classes:
        yield from renamed_class(source, owner)
        for statement in owner.body:
            if isinstance(statement, (ast.Assign, ast.AnnAssign)) and statement.value is not None:
                for call in ast.walk(statement.value):
                    if isinstance(call, ast.Call):
                        yield from of_call(source, owner, statement, call, rng)


def of_call(source: Source, owner: ast.ClassDef, statement: ast.stmt, call: ast.Call, rng: random.Random) -> Iterator[Mutation]:
    """The mutations of a call in a class body."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", None)
    keywords = {each.arg: each.value for each in call.keywords}
    if name in RELATIONSHIPS:
        yield from of_relationship(source, statement, call, keywords, rng)
        yield from swapped(source, owner, keywords.get("back_populates"), rng)
    elif name == "ForeignKey" and call.args:
        yield from of_foreign_key(source, statement, call.args[0], rng)


def of_relationship(source: Source, statement: ast.stmt, call: ast.Call, keywords: dict, rng: random.Random) -> Iterator[Mutation]:
    """The mutations of a relationship."""
    target = call.args[0] if call.args else keywords.get("argument")
    yield from misspelt(source, "misspelt-target", target, rng)
    yield from misspelt(source, "misspelt-back-populates", keywords.get("back_populates"), rng)
    yield from misspelt(source, "misspelt-secondary", keywords.get("secondary"), rng)
    for keyword in ("primaryjoin", "secondaryjoin", "foreign_keys", "order_by", "remote_side"):
        yield from misspelt_name(source, f"misspelt-{keyword.replace('_', '-')}", keywords.get(keyword), rng)
    if "back_populates" in keywords:
        yield removed(source, "deleted-reverse", statement)
    cascade = source.text(keywords.get("cascade"))
    if cascade:
        token = re.search(r"[\w-]+\s*$", cascade[0])
        start = cascade[1] + token.start()
        yield Mutation("bad-cascade", source.path, start, cascade[1] + len(cascade[0].rstrip()), rng.choice(CASCADES))
    if "backref" in keywords and isinstance(statement, ast.Assign):
        yield repeated(source, statement)


def misspelt(source: Source, kind: str, node: ast.AST | None, rng: random.Random) -> Iterator[Mutation]:
    """The last name of a string, misspelt."""
    found = source.text(node)
    name = found and NAME_AT_END.search(found[0])
    if name:
        start = found[1] + name.start()
        yield Mutation(kind, source.path, start, start + len(name[0]), slip(name[0], rng))


def misspelt_name(source: Source, kind: str, node: ast.AST | None, rng: random.Random) -> Iterator[Mutation]:
    """One name of an expression in a string, misspelt."""
    found = source.text(node)
    names = [each for each in NAME.finditer(found[0]) if each[0] not in FUNCTIONS and not quoted(found[0], each.start())] if found else []
    if names:
        name = rng.choice(names)
        start = found[1] + name.start()
        yield Mutation(kind, source.path, start, start + len(name[0]), slip(name[0], rng))


def quoted(text: str, at: int) -> bool:
    """Whether a place of an expression lies in a string of its own."""
    return text.count("'", 0, at) % 2 == 1 or text.count('"', 0, at) % 2 == 1


def of_foreign_key(source: Source, statement: ast.stmt, target: ast.AST, rng: random.Random) -> Iterator[Mutation]:
    """Its table or its column misspelt, its column gone."""
    found = source.text(target)
    if found and "." in found[0]:
        dot = found[0].rindex(".")
        first = found[0].rfind(".", 0, dot) + 1
        table, column = found[0][first:dot], found[0][dot + 1 :]
        if table.isidentifier() and column.isidentifier():
            yield Mutation("misspelt-fk-table", source.path, found[1] + first, found[1] + dot, slip(table, rng))
            yield Mutation("misspelt-fk-column", source.path, found[1] + dot + 1, found[1] + len(found[0]), slip(column, rng))
    yield removed(source, "deleted-fk-column", statement)


def swapped(source: Source, owner: ast.ClassDef, node: ast.AST | None, rng: random.Random) -> Iterator[Mutation]:
    """A `back_populates` that names another attribute: one that the other relationships of this class name."""
    found = source.text(node)
    others = {
        other[0] for call in ast.walk(owner) if isinstance(call, ast.Call)
        for each in call.keywords if each.arg == "back_populates" and (other := source.text(each.value))
    }
    if found and others - {found[0]}:
        new = rng.choice(sorted(others - {found[0]}))
        yield Mutation("swapped-back-populates", source.path, found[1], found[1] + len(found[0]), new)


def removed(source: Source, kind: str, statement: ast.stmt) -> Mutation:
    """A statement gone."""
    start, end = source.span(statement)
    return Mutation(kind, source.path, start, end, "pass")


def repeated(source: Source, statement: ast.Assign) -> Mutation:
    """A relationship with a `backref`, written twice under two names."""
    start, end = source.span(statement)
    indent = source.content[source.lines[statement.lineno - 1] : start].decode()
    target, value = statement.targets[0], source.content[start:end].decode()
    name = ast.unparse(target)
    return Mutation("duplicate-backref", source.path, end, end, f"\n{indent}{value.replace(name, name + '_again', 1)}")


def renamed_class(source: Source, owner: ast.ClassDef) -> Iterator[Mutation]:
    """A class with another name, which Python code still finds under the old one; strings do not."""
    if owner.col_offset or owner.decorator_list:
        return
    start, end = source.span(owner)
    body = source.content[start:end].decode()
    new = f"{owner.name}Renamed"
    text = body.replace(f"class {owner.name}", f"class {new}", 1)
    yield Mutation("renamed-class", source.path, start, end, f"{text}\n\n\n{owner.name} = {new}")


def slip(word: str, rng: random.Random) -> str:
    """A word with one slip of the fingers."""
    for _ in range(40):
        at = rng.randrange(len(word))
        new = rng.choice([
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
            word[:at] + rng.choice("aeiostrn") + word[at + 1 :],
        ])
        if new != word and new.isidentifier():
            return new
    return word + "x"
