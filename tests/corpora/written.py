"""Where a project's classes, attributes, tables and columns are written, told by Python's own parser.

What SQLAlchemy's mappers hold has no places; this finds them in the sources: a class by its module and name, an attribute in
the class or the bases that it is written to have, a table by its name. Lines count from 0, columns in bytes. Owns reading the
sources and nothing of what is compared; a name that it cannot follow has no place.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

from mutations import Source

# How many imports are followed from one to the next.
DEPTH = 8
TABLES = {"Table"}
COLUMNS = {"Column", "mapped_column", "Field"}
MAPPERS = {"mapper", "map_imperatively"}
# Its bases declare nothing of a project's, and its sources are many.
LIBRARY = "sqlalchemy"


@dataclass(frozen=True)
class Span:
    """A place: from line and column to line and column."""

    path: Path
    start: tuple[int, int]
    end: tuple[int, int]

    def encloses(self, other: "Span") -> bool:
        """Whether another place lies in this one."""
        return self.path == other.path and self.start <= other.start and other.end <= self.end


@dataclass
class Module:
    """A file of the project: its classes by their qualified names, and what its imports bind."""

    name: str
    path: Path
    source: Source
    classes: dict[str, ast.ClassDef] = field(default_factory=dict)
    imports: dict[str, tuple[str, str | None]] = field(default_factory=dict)
    stars: list[str] = field(default_factory=list)
    # What `Base = declarative_base(cls=…)` builds on.
    bases: dict[str, ast.AST] = field(default_factory=dict)
    parents: dict[ast.AST, ast.AST] = field(default_factory=dict)

    def span(self, node: ast.AST) -> Span:
        """Where a node stands."""
        return Span(self.path, (node.lineno - 1, node.col_offset), (node.end_lineno - 1, node.end_col_offset))

    def name_of(self, node: ast.AST, keyword: str, name: str) -> Span:
        """Where the name in `class Name` or `def name` stands."""
        line = self.source.content.splitlines()[node.lineno - 1]
        found = re.compile(rb"%s\s+(%s)\b" % (keyword.encode(), re.escape(name.encode()))).search(line, node.col_offset)
        return Span(self.path, (node.lineno - 1, found.start(1)), (node.lineno - 1, found.end(1)))


def called(node: ast.AST) -> str:
    """The last name of what a call calls."""
    if not isinstance(node, ast.Call):
        return ""
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def keyword(call: ast.Call, name: str) -> ast.AST | None:
    """The value of a keyword argument."""
    return next((each.value for each in call.keywords if each.arg == name), None)


def string(node: ast.AST | None) -> str | None:
    """The value of a string."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


class Written:
    """The sources below a folder of packages."""

    def __init__(self, site: Path, modules: list[str]):
        self.site = site
        self._read: dict[str, Module | None] = {}
        self.modules = [found for name in modules if (found := self.module(name))]

    def module(self, name: str) -> Module | None:
        """A module by its dotted name."""
        if name not in self._read:
            stem = self.site.joinpath(*name.split("."))
            path = next((it for it in (stem.with_suffix(".py"), stem / "__init__.py") if it.is_file()), None)
            self._read[name] = self._parsed(name, path) if path and name.split(".")[0] != LIBRARY else None
        return self._read[name]

    def _parsed(self, name: str, path: Path) -> Module:
        res = Module(name, path, Source(str(path), path.read_bytes()))
        package = name if path.name == "__init__.py" else name.rpartition(".")[0]
        for node in ast.walk(res.source.tree):
            for child in ast.iter_child_nodes(node):
                res.parents[child] = node
            if isinstance(node, ast.Import):
                for each in node.names:
                    bound = each.name if each.asname else each.name.split(".")[0]
                    res.imports[each.asname or bound] = (bound, None)
            elif isinstance(node, ast.ImportFrom):
                above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
                origin = ".".join([*above, *([node.module] if node.module else [])])
                for each in node.names:
                    if each.name == "*":
                        res.stars.append(origin)
                    else:
                        res.imports[each.asname or each.name] = (origin, each.name)
            elif isinstance(node, ast.Assign) and called(node.value) == "declarative_base" and keyword(node.value, "cls"):
                res.bases |= {each.id: keyword(node.value, "cls") for each in node.targets if isinstance(each, ast.Name)}
        self._classes(res, res.source.tree, "")
        return res

    def _classes(self, module: Module, node: ast.AST, prefix: str) -> None:
        for each in statements(node):
            if isinstance(each, ast.ClassDef):
                module.classes[prefix + each.name] = each
                self._classes(module, each, f"{prefix}{each.name}.")

    def find(self, label: str) -> tuple[Module, ast.ClassDef] | None:
        """A class by its module and qualified name."""
        parts = label.split(".")
        for cut in range(len(parts) - 1, 0, -1):
            module = self.module(".".join(parts[:cut]))
            if module:
                node = module.classes.get(".".join(parts[cut:]))
                return (module, node) if node else None
        return None

    def meant(self, module: Module, node: ast.AST, depth: int = 0) -> str | None:
        """The dotted name of the class or module that an expression in a module means."""
        if isinstance(node, ast.Attribute):
            value = self.meant(module, node.value, depth)
            if value is None:
                return None
            inner = self.module(value)
            return self._named(inner, node.attr, depth) if inner else f"{value}.{node.attr}"
        if isinstance(node, ast.Subscript):
            return self.meant(module, node.value, depth)
        return self._named(module, node.id, depth) if isinstance(node, ast.Name) else None

    def _named(self, module: Module, name: str, depth: int) -> str | None:
        if depth > DEPTH:
            return None
        if name in module.classes:
            return f"{module.name}.{name}"
        if name in module.bases:
            return self.meant(module, module.bases[name], depth + 1)
        if name in module.imports:
            origin, attribute = module.imports[name]
            inner = self.module(origin)
            if attribute is None or inner is None:
                return origin if attribute is None else f"{origin}.{attribute}"
            return self._named(inner, attribute, depth + 1) or self._submodule(f"{origin}.{attribute}")
        for origin in module.stars:
            inner = self.module(origin)
            found = self._named(inner, name, depth + 1) if inner and inner is not module else None
            if found:
                return found
        return self._submodule(f"{module.name}.{name}")

    def _submodule(self, name: str) -> str | None:
        return name if self.module(name) else None

    @cache
    def mro(self, label: str) -> tuple[str, ...]:
        """A class and the bases that are written, the nearer one first."""
        found = self.find(label)
        if not found:
            return ()
        module, node = found
        bases = [base for each in node.bases if (base := self.meant(module, each)) and base != label]
        chain = [label, *(each for base in bases for each in self.mro(base))]
        # Of a base that is reached twice the last place counts, as in Python.
        return tuple(each for index, each in enumerate(chain) if each not in chain[index + 1 :])

    @cache
    def class_name(self, label: str) -> Span | None:
        """Where a class is named."""
        found = self.find(label)
        return found[0].name_of(found[1], "class", found[1].name) if found else None

    @cache
    def attribute(self, label: str, key: str) -> tuple[Span, ...]:
        """Where an attribute of a class is named: in the class or the nearest base, behind it, or as its mapper is told."""
        for each in self.mro(label):
            module, node = self.find(each)
            # What comes behind the class stands in its place, where the class only annotates it too.
            if found := tuple(self._late.get((each, key), ())) or tuple(own_attribute(module, node, key)):
                return found
        return ()

    @cached_property
    def _late(self) -> dict[tuple[str, str], list[Span]]:
        res: dict[tuple[str, str], list[Span]] = {}
        for module in self.modules:
            for label, key, span in self._late_in(module):
                res.setdefault((label, key), []).append(span)
        return res

    def _late_in(self, module: Module) -> Iterator[tuple[str, str, Span]]:
        """What `Class.key = …` and the properties of a mapper name in a module."""
        for node in ast.walk(module.source.tree):
            if isinstance(node, ast.Assign):
                for target in node.targets:
                    if isinstance(target, ast.Attribute) and (label := self.meant(module, target.value)):
                        yield label, target.attr, last_name(module, target)
            elif called(node) in MAPPERS and node.args and (label := self.meant(module, node.args[0])):
                for key, span, _ in properties(module, node):
                    yield label, key, span

    @cache
    def statement(self, name: Span) -> Span:
        """The assignment or the function that gives a name."""
        module = next(it for it in self._read.values() if it and it.path == name.path)
        nodes = [it for it in ast.walk(module.source.tree) if isinstance(it, (ast.Assign, ast.AnnAssign, ast.FunctionDef))]
        return min((span for it in nodes if (span := module.span(it)).encloses(name)), key=lambda it: (it.end[0] - it.start[0], it.start))

    def tables(self, name: str) -> list[tuple[Module, ast.Call]]:
        """The `Table(...)` calls of this name, which may say its schema."""
        return [it for it in self._tables if table_name(it[1]) == name] or [
            it for it in self._tables if table_name(it[1]) == name.rpartition(".")[2]
        ]

    @cached_property
    def _tables(self) -> list[tuple[Module, ast.Call]]:
        nodes = [(module, node) for module in self.modules for node in ast.walk(module.source.tree)]
        return [(module, node) for module, node in nodes if called(node) in TABLES and node.args and string(node.args[0])]

    def owner(self, module: Module, node: ast.AST) -> tuple[str, str] | None:
        """The class and the attribute that a call is the value of."""
        above, key = node, None
        while above := module.parents.get(above):
            if isinstance(above, ast.Assign) and key is None:
                target = above.targets[0]
                if isinstance(target, ast.Attribute):
                    label = self.meant(module, target.value)
                    return (label, target.attr) if label else None
                key = getattr(target, "id", None)
            elif isinstance(above, ast.AnnAssign) and key is None:
                key = getattr(above.target, "id", None)
            elif isinstance(above, ast.FunctionDef):
                key = above.name
            elif called(above) in MAPPERS and above.args:
                found = next((name for name, _, value in properties(module, above) if value is node), None)
                label = self.meant(module, above.args[0])
                return (label, found) if label and found else None
            elif isinstance(above, ast.ClassDef):
                qualified = next((name for name, each in module.classes.items() if each is above), None)
                return (f"{module.name}.{qualified}", key) if qualified and key else None
        return None


def statements(node: ast.AST) -> Iterator[ast.stmt]:
    """The statements of a body, and those that run with it under a condition."""
    for each in getattr(node, "body", []):
        yield each
        if isinstance(each, (ast.If, ast.Try, ast.With)):
            yield from statements(each)
            for other in (*getattr(each, "handlers", []), *getattr(each, "orelse", []), *getattr(each, "finalbody", [])):
                yield from [other] if isinstance(other, ast.stmt) else []
                yield from statements(other)


def own_attribute(module: Module, node: ast.ClassDef, key: str) -> Iterator[Span]:
    """Where the body of a class names an attribute."""
    for each in statements(node):
        targets = each.targets if isinstance(each, ast.Assign) else [each.target] if isinstance(each, ast.AnnAssign) else []
        for target in targets:
            if isinstance(target, ast.Name) and target.id == key:
                yield module.span(target)
        if isinstance(each, ast.FunctionDef) and each.name == key:
            yield module.name_of(each, "def", key)


def properties(module: Module, call: ast.Call) -> Iterator[tuple[str, Span, ast.AST]]:
    """What the properties of a mapper's call name: key, its place, the value."""
    value = keyword(call, "properties")
    if isinstance(value, ast.Dict):
        for key, inner in zip(value.keys, value.values, strict=True):
            if string(key):
                yield key.value, module.span(key), inner
    elif called(value) == "dict":
        for each in value.keywords:
            if each.arg:
                start = (each.lineno - 1, each.col_offset)
                yield each.arg, Span(module.path, start, (start[0], start[1] + len(each.arg))), each.value


def table_name(call: ast.Call) -> str:
    """The name of a table with its schema."""
    schema = string(keyword(call, "schema"))
    return f"{schema}.{call.args[0].value}" if schema else call.args[0].value


def last_name(module: Module, node: ast.Name | ast.Attribute) -> Span:
    """Where the last name of `a.b.c` stands."""
    span = module.span(node)
    length = len((node.attr if isinstance(node, ast.Attribute) else node.id).encode())
    return Span(span.path, (span.end[0], span.end[1] - length), span.end)
