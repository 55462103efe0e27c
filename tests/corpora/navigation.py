"""Go to definition in real projects, from every relationship and foreign key, against what SQLAlchemy's mappers hold.

Asked are the target, `back_populates` and `secondary` of each relationship, and table and column of each foreign key. Where
each has to lead is the recorded truth (`truth/`), whose places `written.py` finds with Python's own parser. A name that gets no
answer is silent, which is no error; an answer that leads elsewhere is one.

    python3 tests/corpora/navigation.py [PROJECT…]
        --held-back     the held-back projects alone; else they are left out
        --verbose       every place that is silent or that the truth does not know

Owns the questions and what must hold.
"""

import ast
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlparse

from mutants import Server
from mutations import RELATIONSHIPS
from projects import Project, projects
from real import recorded
from tally import Tally
from written import COLUMNS, Module, Span, Written, called, keyword, last_name, string

KINDS = ["target", "back_populates", "secondary", "key table", "key column"]
COLUMNS_SHOWN = ["asked", "right", "wrong", "silent", "unplaced"]

# What must hold over all projects: the share of the places that are answered, in percent.
ANSWERED = 99.0


@dataclass(frozen=True)
class Question:
    """A name at a place, and the places that its definition may be at."""

    kind: str
    at: Span
    wanted: tuple[Span, ...]


def main() -> None:
    tally = Tally()
    wanted = [each for each in sys.argv[1:] if not each.startswith("-")]
    held_back = "--held-back" in sys.argv
    rows, kinds = {}, {kind: Counter() for kind in KINDS}
    for project in (each for each in projects() if each.name in wanted or (not wanted and each.held_back == held_back)):
        rows[project.name] = Counter()
        faults = run(project, rows[project.name], kinds)
        tally.check(f"{project.name}: every answer leads where the truth says", faults)
    print_table(rows, kinds)
    total = sum(rows.values(), Counter())
    share = 100 * (total["asked"] - total["silent"]) / max(total["asked"], 1)
    tally.check(f"{share:.2f} % answered", [f"at least {ANSWERED} %"] if share < ANSWERED else [])
    tally.close()


def run(project: Project, row: Counter, kinds: dict[str, Counter]) -> list[str]:
    """Asks all of one project; gives the answers that are wrong."""
    site = project.read_only()
    asker = Asker(recorded(project), site, project.packages)
    faults = []
    with Server(project.folders(site), encoding="utf-8") as server:
        for module in asker.modules:
            questions = list(asker.questions(module))
            if not questions:
                continue
            with server.opened(module.path, module.source.content.decode()):
                for each in questions:
                    outcome = ask(server, each, module, faults)
                    for counts in (row, kinds[each.kind]):
                        counts["asked"] += outcome != "unplaced"
                        counts[outcome] += 1
                    if outcome in ("silent", "unplaced") and "--verbose" in sys.argv:
                        print(f"{outcome}: {project.name} {shown(each, module)}")
    return faults


def ask(server: Server, question: Question, module: Module, faults: list[str]) -> str:
    """Puts one question; says what came of it."""
    if not question.wanted:
        return "unplaced"
    line, column = question.at.start
    place = {"textDocument": {"uri": module.path.as_uri()}, "position": {"line": line, "character": column}}
    found = [span_of(each) for each in server.client.request("textDocument/definition", place) or []]
    if not found:
        return "silent"
    if all(any(wanted.encloses(each) for wanted in question.wanted) for each in found):
        return "right"
    faults.append(f"{shown(question, module)} leads to {', '.join(map(str, found))}, not {', '.join(map(str, question.wanted))}")
    return "wrong"


def span_of(location: dict) -> Span:
    """The place of a `Location`."""
    start, end = ((location["range"][at]["line"], location["range"][at]["character"]) for at in ("start", "end"))
    return Span(Path(unquote(urlparse(location["uri"]).path)), start, end)


def shown(question: Question, module: Module) -> str:
    """The place of a question, and its line."""
    line, column = question.at.start
    text = module.source.content.splitlines()[line].decode().strip()
    return f"{question.kind} at {module.path.name}:{line + 1}:{column + 1}: {text[:110]}"


class Asker:
    """What is asked of a project."""

    def __init__(self, truth: dict, site: Path, packages: tuple[str, ...]):
        self.written = Written(site, truth["modules"])
        below = tuple(f"{each}." for each in packages)
        self.modules = [each for each in self.written.modules if f"{each.name}.".startswith(below)]
        self.classes = truth["classes"]
        self.relationships: dict[str, list[dict]] = {}
        for each in truth["relationships"]:
            self.relationships.setdefault(each["key"], []).append(each)
        self.keys = {key for each in self.classes for column in each["columns"] for key in column["foreign_keys"]}

    def questions(self, module: Module) -> Iterator[Question]:
        """All of a file."""
        for node in ast.walk(module.source.tree):
            if called(node) in RELATIONSHIPS:
                yield from self.of_relationship(module, node)
            elif called(node) == "ForeignKey" and (node.args or keyword(node, "column")):
                yield from self.of_key(module, node.args[0] if node.args else keyword(node, "column"))
            elif called(node) == "ForeignKeyConstraint" and len(node.args) > 1 and isinstance(node.args[1], (ast.List, ast.Tuple)):
                for each in node.args[1].elts:
                    yield from self.of_key(module, each)
            elif called(node) == "Field" and string(keyword(node, "foreign_key")):
                yield from self.of_key(module, keyword(node, "foreign_key"))

    def of_relationship(self, module: Module, call: ast.Call) -> Iterator[Question]:
        """What a relationship names."""
        truths = self.truths(module, call)
        if not truths:
            return
        targets = {each["target"] for each in truths}
        argument = call.args[0] if call.args else keyword(call, "argument")
        for at, _ in names_in(module, argument) if argument else self.annotated(module, call, targets):
            yield Question("target", at, some(self.written.class_name(each) for each in targets))
        name = string(keyword(call, "back_populates"))
        if name and (at := inside(module, keyword(call, "back_populates"), name)):
            reverse = {each.rpartition(".")[0] for truth in truths for each in truth["reverse"] if each.endswith(f".{name}")}
            # A relationship that only reads has no reverse, but still leads to one.
            wanted = [span for each in sorted(reverse or targets) for span in self.written.attribute(each, name)]
            yield Question("back_populates", at, tuple(wanted))
        secondary = keyword(call, "secondary") or (call.args[1] if len(call.args) > 1 else None)
        tables = {each["secondary"] for each in truths if each["secondary"]}
        if secondary and tables:
            for at, name in names_in(module, secondary):
                if name != "__table__":
                    yield Question("secondary", at, tuple(span for each in tables for span in self.table(each)))

    def truths(self, module: Module, call: ast.Call) -> list[dict]:
        """What the mappers hold of the relationships that a call makes: more than one where it stands in a mixin."""
        owner = self.written.owner(module, call)
        if not owner:
            return []
        label, key = owner
        place = module.span(call)
        its = [each for each in self.relationships.get(key, []) if not each["from_backref"] and label in self.written.mro(each["class"])]
        found = self.written.attribute(label, key)
        return [each for each in its if self.written.attribute(each["class"], key) == found and place.path == module.path]

    def annotated(self, module: Module, call: ast.Call, targets: set[str]) -> Iterator[tuple[Span, str]]:
        """The classes that the annotation of a relationship names."""
        above = module.parents.get(call)
        if not isinstance(above, ast.AnnAssign):
            return
        names = {each.rpartition(".")[2] for each in targets}
        for node in ast.walk(above.annotation):
            if isinstance(node, (ast.Name, ast.Attribute)) and (name := getattr(node, "attr", getattr(node, "id", ""))) in names:
                yield last_name(module, node), name
            for name in names if string(node) else ():
                if re.search(rf"\b{name}\b", node.value) and (at := inside(module, node, name)):
                    yield at, name

    def of_key(self, module: Module, node: ast.AST) -> Iterator[Question]:
        """Table and column of a foreign key."""
        spec = string(node)
        if spec is None:
            yield from self.of_key_attribute(module, node)
            return
        table, _, column = spec.rpartition(".")
        at = module.source.text(node)
        if not at or not table:
            return
        # A default schema is not written, and the mappers tell it.
        full = {each for each in self.keys if each == spec or each.endswith(f".{spec}")} or {spec}
        tables = {each.rpartition(".")[0] for each in full}
        last = table.rpartition(".")[2]
        start = module.span(node).start
        first = start[1] + 1 + len(table) - len(last)
        span = Span(module.path, (start[0], first), (start[0], first + len(last)))
        yield Question("key table", span, tuple(it for each in tables for it in self.table(each)))
        first = start[1] + 2 + len(table)
        span = Span(module.path, (start[0], first), (start[0], first + len(column)))
        yield Question("key column", span, tuple(it for each in tables for it in self.column(each, column)))

    def of_key_attribute(self, module: Module, node: ast.AST) -> Iterator[Question]:
        """`ForeignKey(Parent.id)`, and what else the mappers hold of the column that it is in."""
        owner = self.written.owner(module, node)
        if not (isinstance(node, ast.Attribute) and owner):
            return
        label, key = owner
        its = [each for each in self.classes if label in self.written.mro(each["class"])]
        keys = {each for it in its for column in it["columns"] if column["key"] == key for each in column["foreign_keys"]}
        wanted = [span for each in sorted(keys) for span in self.column(*each.rsplit(".", 1))]
        if its:
            yield Question("key column", last_name(module, node), tuple(wanted))

    @cache
    def table(self, name: str) -> tuple[Span, ...]:
        """Where a table may be said to be defined: its call, or the name that its class gives it, or the class."""
        return tuple(self._table(name))

    def _table(self, name: str) -> Iterator[Span]:
        for module, call in self.written.tables(name):
            above = module.parents.get(call)
            yield module.span(above if isinstance(above, (ast.Assign, ast.AnnAssign)) else call)
        for each in self.classes:
            if each["table"] == name:
                yield from some([self.written.class_name(each["class"])])
                yield from (self.written.statement(span) for span in self.written.attribute(each["class"], "__tablename__"))

    @cache
    def column(self, table: str, name: str) -> tuple[Span, ...]:
        """Where a column may be said to be defined: its attribute, or its call in the table."""
        return tuple(self._column(table, name))

    def _column(self, table: str, name: str) -> Iterator[Span]:
        for each in self.classes:
            for column in each["columns"]:
                if (column["table"], column["name"]) == (table, name):
                    yield from self.written.attribute(each["class"], column["key"])
        for module, call in self.written.tables(table):
            yield from (module.span(each) for each in call.args[1:] if called(each) in COLUMNS and each.args and string(each.args[0]) == name)


def names_in(module: Module, node: ast.AST) -> Iterator[tuple[Span, str]]:
    """The name that an argument is, as a string, as code or in a function without parameters."""
    if isinstance(node, ast.Lambda):
        yield from names_in(module, node.body)
    elif isinstance(node, (ast.Name, ast.Attribute)):
        yield last_name(module, node), node.attr if isinstance(node, ast.Attribute) else node.id
    elif text := string(node):
        name = text.strip().rpartition(".")[2]
        if name.isidentifier() and (at := inside(module, node, name)):
            yield at, name


def inside(module: Module, node: ast.AST, name: str) -> Span | None:
    """Where a name stands in a plain string; the last place if there are more."""
    found = module.source.text(node)
    if not found:
        return None
    line, column = module.span(node).start
    first = column + 1 + found[0].rindex(name)
    return Span(module.path, (line, first), (line, first + len(name)))


def some(spans) -> tuple[Span, ...]:
    """Those that there are."""
    return tuple(each for each in spans if each)


def print_table(rows: dict[str, Counter], kinds: dict[str, Counter]) -> None:
    """One line for each project, and one for each kind of place."""
    print(f"\n{'':16}" + "".join(f"{name:>10}" for name in COLUMNS_SHOWN))
    for name, counts in [*rows.items(), *kinds.items(), ("all", sum(rows.values(), Counter()))]:
        print(f"{name:16}" + "".join(f"{counts[each]:>10}" for each in COLUMNS_SHOWN))


if __name__ == "__main__":
    main()
