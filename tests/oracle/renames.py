"""Every symbol of the scenarios and cases renamed, and the renamed programs put to real SQLAlchemy.

The symbols are those that the mappers know, found in the text by Python's own parser: mapped classes, their attributes, tables,
columns named in strings, backrefs. Each is called by a fresh name through the server, the edits are made in a copy, and SQLAlchemy
has to configure it as before, in every version that the program is about, with the same facts but for the name. The database stays
as it is, unless a table or a column is what is renamed.

    python3 tests/oracle/renames.py [PART-OF-A-NAME…]    `--sample` takes one symbol in seven, `-v` shows each refusal
"""

import ast
import json
import random
import re
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import cases
import oracle
import pages
import scenarios
import server
from programs import Program
from tally import Tally, attempt

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "protocol"))

import bench  # noqa: E402  (the folder of the client is on the path only now)
import client as bench_client  # noqa: E402

STEP = 7
"""With `--sample`, one symbol of so many is renamed."""

SEED = 6
"""Chooses them."""

PROCESSES = 2

# What the server does not see yet, by a part of the test's name.
GAPS = {
    "Single tables with their own columns: column id at models.py:29": "a foreign key in a mixin that no class takes",
    "exam_annotated_foreign_key: column id at columns.py": "a foreign key in a type of a file without models, from there",
    "err_relationship_string_as_third_positional": "conditions by position, which 1.4 alone takes",
    "ok_made_by_functions_of_another_file: column id at models.py": "a table that only running Python makes",
    "ok_columns_look_alike: column id at models.py:106": "a foreign key that no column takes",
    "err_reserved_metadata: attribute metadata at": "the new name mends what 2.1 warns of",
    "err_reserved_registry: attribute registry at": "the new name mends what 2.1 warns of",
    "exam_add_property_later: attribute cage": "`add_property` names it in a string",
}

FRESH = {"class": "FreshName", "attribute": "fresh_name", "backref": "fresh_name", "table": "fresh_table", "column": "fresh_column"}
STRING = re.compile(r"""^[rRuU]?(?P<quote>'|")(?P<text>[^'"\\\n]*)(?P=quote)$""")


@dataclass(frozen=True)
class Symbol:
    """A name at a place: line and column from 0, in characters."""

    kind: str
    path: str
    line: int
    column: int
    name: str

    def __str__(self) -> str:
        return f"{self.kind} {self.name} at {self.path}:{self.line + 1}:{self.column + 1}"


@dataclass
class Renamed:
    """What came of one symbol: its faults, or why it was not tried."""

    name: str
    faults: list[str]
    gap: str | None = None


def main() -> None:
    tally = Tally()
    wanted = [argument for argument in sys.argv[1:] if not argument.startswith("-")]
    chosen = [each for each in programs() if not wanted or any(part in each.name for part in wanted)]
    counts: Counter = Counter()
    started = time.monotonic()
    # One part after the other is taken by whoever is free.
    parts = [chosen[start::PROCESSES * 8] for start in range(PROCESSES * 8)]
    with ProcessPoolExecutor(PROCESSES) as processes:
        for results, counted in processes.map(run_all, [it for it in parts if it]):
            counts += counted
            for each in results:
                if each.gap:
                    tally.skip(each.name, each.gap)
                else:
                    tally.check(each.name, each.faults)
    report(counts, time.monotonic() - started)
    tally.close()


def run_all(chosen: list[Program]) -> tuple[list[Renamed], Counter]:
    """What came of the symbols of some programs, and how many of each kind."""
    results: list[Renamed] = []
    counts: Counter = Counter()
    with oracle.judges() as judges, ThreadPoolExecutor(len(judges)) as pool:
        for program in chosen:
            before = dict(zip(program.versions, pool.map(lambda it: judge(judges[it], program, program.files), program.versions)))
            program.versions = [it for it in program.versions if not before[it]["error"] and before[it]["facts"]["classes"]]
            if program.versions:
                results += run(program, before, judges, pool, counts)
    return results, counts


def programs() -> list[Program]:
    """The scenarios and cases."""
    found = []
    for document in sorted(scenarios.SCENARIOS.glob("*.md")):
        for each in scenarios.read(document):
            found.append(Program(each.name, each.files, each.versions(), oracle.module_names(each.files)))
    for path in sorted(cases.CASES.glob("*.py")):
        case = cases.read(path)
        found.append(Program(f"case {case.name}", case.files, list(case.verdicts), case.modules()))
    return found


def judge(each: oracle.Oracle, program: Program, files: dict[str, str]) -> dict:
    """The verdict of one version."""
    with oracle.workspace(files) as root:
        return each.judge(root, program.modules)


def run(program: Program, before: dict, judges: dict, pool, counts: Counter) -> list[Renamed]:
    """All symbols of a program, or a sample of them."""
    found = symbols(program.files, before[program.versions[-1]]["facts"])
    if "--sample" in sys.argv:
        chance = random.Random(f"{SEED} {program.name}")
        # What is left over is rounded up or down by chance, so that small programs have their turn.
        found = sorted(chance.sample(found, int(len(found) / STEP + chance.random())), key=lambda it: (it.path, it.line, it.column))
    if not found:
        return []
    results = []
    with oracle.workspace(program.files | pages.settings(program.versions[-1])) as root:
        session = bench.Session(root.resolve())
        try:
            session.initialize(able())
            for symbol in found:
                name = f"{program.name}: {symbol}"
                gap = next((why for part, why in GAPS.items() if part in name), None)
                faults = [] if gap else attempt(rename, session, program, symbol, before, judges, pool, counts)
                results.append(Renamed(name, faults, gap))
        finally:
            session.close()
    return results


def able() -> dict:
    """A client that can ask about single edits."""
    res = bench.capabilities(encodings=["utf-32"])
    res["workspace"] = res["workspace"] | {
        "workspaceEdit": {"documentChanges": True, "changeAnnotationSupport": {"groupsOnLabel": True}},
    }
    res["textDocument"] = res["textDocument"] | {"rename": {"prepareSupport": True}}
    return res


def rename(session, program: Program, symbol: Symbol, before: dict, judges: dict, pool, counts: Counter) -> list[str]:
    """One rename, judged."""
    counts[f"{symbol.kind}: asked"] += 1
    place = session.at(symbol.path, symbol.line, symbol.column)
    fresh = FRESH[symbol.kind]
    try:
        edit = session.request("textDocument/rename", place | {"newName": fresh})
    except bench_client.ServerError as refusal:
        counts[f"{symbol.kind}: refused"] += 1
        if "-v" in sys.argv:
            print(f"refused {program.name}: {symbol}: {refusal}")
        return []
    if edit is None:
        return ["it is no symbol to the server"]
    after = applied(session, program.files, edit)
    faults = [] if after != program.files else ["nothing is changed"]
    verdicts = pool.map(lambda it: judge(judges[it], program, after), program.versions)
    for version, verdict in zip(program.versions, verdicts):
        faults += [f"SQLAlchemy {version}: {each}" for each in compare(symbol, fresh, before[version], verdict)]
    counts[f"{symbol.kind}: {'wrong' if faults else 'right'}"] += 1
    return faults + difference(program.files, after) if faults else []


def applied(session, files: dict[str, str], edit: dict, confirmed: bool = False) -> dict[str, str]:
    """The files with all edits made; those that ask whether a name is meant only if that is `confirmed`."""
    after = dict(files)
    for change in edit["documentChanges"]:
        path = next(name for name in files if session.uri(name) == change["textDocument"]["uri"])
        lines = after[path].splitlines(keepends=True)
        starts = [sum(map(len, lines[:number])) for number in range(len(lines) + 1)]
        text = after[path]
        edits = [each for each in change["edits"] if confirmed or each.get("annotationId") != "doubtful"]
        for each in reversed(edits):
            start, end = (starts[at["line"]] + at["character"] for at in (each["range"]["start"], each["range"]["end"]))
            text = text[:start] + each["newText"] + text[end:]
        after[path] = text
    return after


def compare(symbol: Symbol, fresh: str, before: dict, after: dict) -> list[str]:
    """How the facts differ but for the name."""
    if after["error"]:
        return [f"{after['error']['class']}: {after['error']['message']}"]
    database = json.dumps([database_names(after["facts"])])
    faults = []
    if symbol.kind in ("class", "attribute", "backref") and fresh in database:
        faults.append("the database has changed")
    old, new = canonical(before, symbol.name, symbol.name), canonical(after, fresh, symbol.name)
    for key in old:
        faults += [f"no longer: {each}" for each in old[key] if each not in new[key]]
        faults += [f"now: {each}" for each in new[key] if each not in old[key]]
    return faults[:6]


def database_names(facts: dict) -> list:
    """The names of tables and columns that the database knows."""
    return [[each["name"], [column["name"] for column in each["columns"]]] for each in facts["tables"]]


def canonical(verdict: dict, fresh: str, name: str) -> dict:
    """The facts with a name in the place of the fresh one, one line each, in an order that no name decides."""
    def put(value):
        if isinstance(value, str):
            return re.sub(rf"\b{re.escape(fresh)}\b", name, value)
        if isinstance(value, list):
            return sorted((put(each) for each in value), key=json.dumps)
        if isinstance(value, dict):
            return {key: put(each) for key, each in value.items()}
        return value

    facts = {key: [json.dumps(put(each)) for each in value] for key, value in verdict["facts"].items()}
    warnings = [put(each["message"]) for each in verdict["warnings"]]
    return facts | {"warnings": sorted(warnings)}


def symbols(files: dict[str, str], facts: dict) -> list[Symbol]:
    """What can be renamed, in the order of the text."""
    found = []
    known = {each["class"]: each for each in facts["classes"]}
    keys: dict[str, set] = {name: {column["key"] for column in each["columns"]} for name, each in known.items()}
    for each in facts["relationships"]:
        keys[each["class"]].add(each["key"])
    backrefs = {each["key"] for each in facts["relationships"] if each["from_backref"]}
    tables = {each["name"].rpartition(".")[2]: {column["name"] for column in each["columns"]} for each in facts["tables"]}
    for path, module in zip(files, oracle.module_names(files)):
        found += Finder(path, module, files[path], keys, backrefs, tables).found
    return found


class Finder(ast.NodeVisitor):
    """Finds the symbols of one file."""

    def __init__(self, path: str, module: str, text: str, keys: dict, backrefs: set, tables: dict):
        self.path, self.module, self.lines = path, module, text.splitlines()
        self.keys, self.backrefs, self.tables = keys, backrefs, tables
        self.found: list[Symbol] = []
        self.visit(ast.parse(text))

    def add(self, kind: str, line: int, column: int, name: str) -> None:
        """Notes a symbol, given the place as `ast` has it."""
        column = len(self.lines[line - 1].encode()[:column].decode())
        self.found.append(Symbol(kind, self.path, line - 1, column, name))

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        keys = self.keys.get(f"{self.module}.{node.name}")
        if keys is not None:
            line = self.lines[node.lineno - 1].encode()
            at = line.find(b"class ", node.col_offset)
            if at >= 0:
                self.add("class", node.lineno, at + len("class "), node.name)
            for each in node.body:
                for target in each.targets if isinstance(each, ast.Assign) else [each.target] if isinstance(each, ast.AnnAssign) else []:
                    if isinstance(target, ast.Name) and target.id in keys:
                        self.add("attribute", target.lineno, target.col_offset, target.id)
                    elif isinstance(target, ast.Name) and target.id == "__tablename__" and isinstance(each.value, ast.Constant):
                        self.string("table", each.value, self.tables)
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        first = node.args[0] if node.args else None
        if called == "ForeignKey" and isinstance(first, ast.Constant) and isinstance(first.value, str):
            table, _, column = first.value.rpartition(".")
            if column in self.tables.get(table.rpartition(".")[2], ()):
                self.string("column", first, {first.value}, len(table) + 1)
        elif called == "Table" and isinstance(first, ast.Constant):
            self.string("table", first, self.tables)
        elif called in ("Column", "mapped_column") and isinstance(first, ast.Constant) and isinstance(first.value, str):
            if any(first.value in columns for columns in self.tables.values()):
                self.string("column", first, {first.value})
        elif called == "backref" and isinstance(first, ast.Constant):
            self.string("backref", first, self.backrefs)
        for each in node.keywords:
            if each.arg == "backref" and isinstance(each.value, ast.Constant):
                self.string("backref", each.value, self.backrefs)
        self.generic_visit(node)

    def string(self, kind: str, node: ast.Constant, known, start: int = 0) -> None:
        """Notes what a plain string on one line names, from an index on."""
        written = STRING.match(ast.get_source_segment("\n".join(self.lines), node) or "")
        if written and node.value in known:
            self.add(kind, node.lineno, node.col_offset + written.start("text") + start, node.value[start:])


def difference(before: dict[str, str], after: dict[str, str]) -> list[str]:
    """What a rename changes, for people."""
    lines = []
    for path, text in after.items():
        pairs = zip(before[path].splitlines(), text.splitlines())
        lines += [f"    {new.strip()}" for old, new in pairs if old != new][:12]
    return lines


def report(counts: Counter, seconds: float) -> None:
    """The table by kind."""
    columns = ["asked", "right", "wrong", "refused"]
    print(f"{'kind':12}", *(f"{name:>8}" for name in columns))
    for kind in FRESH:
        print(f"{kind:12}", *(f"{counts[f'{kind}: {name}']:>8}" for name in columns))
    totals = (sum(number for key, number in counts.items() if key.endswith(f": {name}")) for name in columns)
    print(f"{'all':12}", *(f"{number:>8}" for number in totals), f"   {seconds:.0f} s")


if __name__ == "__main__":
    main()
