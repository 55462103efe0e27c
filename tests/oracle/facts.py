"""Compares what `relmodel inspect` resolved with what SQLAlchemy's mappers hold, fact by fact.

Both sides come in the JSON form of `inspect`. Owns which facts count and how a relationship is written on one line.
"""

from collections import Counter

RELATIONSHIP = ["target", "direction", "uselist", "secondary", "reverse", "local_remote_pairs", "viewonly", "from_backref"]
CLASS = ["table", "inherits"]
COLUMN = ["name", "table", "type", "nullable", "primary_key", "foreign_keys"]

# Lists whose order means nothing.
UNORDERED = {"reverse", "local_remote_pairs", "foreign_keys"}


class Comparison:
    """What agreed and what did not. `right` and `total` count by the name of the fact."""

    def __init__(self):
        # What relmodel does not know, and what it knows otherwise than SQLAlchemy.
        self.unknown: list[str] = []
        self.wrong: list[str] = []
        self.right: Counter = Counter()
        self.total: Counter = Counter()

    @property
    def faults(self) -> list[str]:
        """All that is not as SQLAlchemy has it."""
        return self.unknown + self.wrong

    def found(self, where: str, name: str, other) -> bool:
        """Scores whether something of SQLAlchemy's has its like on the other side."""
        self.total[name] += 1
        if other is None:
            self.unknown.append(f"{where}: this {name} is unknown to relmodel")
        else:
            self.right[name] += 1
        return other is not None

    def fact(self, where: str, name: str, true, ours) -> None:
        """Scores one fact."""
        if name.removeprefix("column ") in UNORDERED:
            true, ours = sorted(true or []), sorted(ours or [])
        self.total[name] += 1
        # An unknown type is silence and not an error: only Python can tell what a type decorator or a variable is.
        if true == ours or (name == "column type" and ours is None):
            self.right[name] += 1
        else:
            faults = self.wrong if ours else self.unknown
            faults.append(f"{where}: {name} is {true!r} to SQLAlchemy, {ours!r} to relmodel")


def compare(true: dict, ours: dict) -> Comparison:
    """The whole of both sides."""
    result = Comparison()
    classes(result, true, ours)
    relationships(result, true, ours)
    return result


def classes(result: Comparison, true: dict, ours: dict) -> None:
    """Mapped classes with their tables, bases and columns."""
    theirs = {each["class"]: each for each in ours["classes"]}
    for each in true["classes"]:
        name = each["class"]
        other = theirs.pop(name, None)
        if result.found(name, "class", other):
            for fact in CLASS:
                result.fact(name, fact, each[fact], other[fact])
            _columns(result, name, each["columns"], other["columns"])
    result.wrong += [f"{name}: mapped only to relmodel" for name in theirs]


def relationships(result: Comparison, true: dict, ours: dict) -> None:
    """Relationships, also those that a backref made."""
    theirs = {(each["class"], each["key"]): each for each in ours["relationships"]}
    for each in true["relationships"]:
        name = f"{each['class']}.{each['key']}"
        other = theirs.pop((each["class"], each["key"]), None)
        if result.found(name, "relationship", other):
            for fact in RELATIONSHIP:
                result.fact(name, fact, each[fact], other[fact])
    result.wrong += [f"{cls}.{key}: a relationship only to relmodel" for cls, key in theirs]


def tables(result: Comparison, true: dict, ours: dict) -> None:
    """Tables with their columns, those of mapped classes and others."""
    theirs = {each["name"]: each for each in ours["tables"]}
    for each in true["tables"]:
        name = each["name"]
        other = theirs.get(name)
        if result.found(name, "table of the metadata", other):
            _columns(result, name, each["columns"], other["columns"])


def _columns(result: Comparison, owner: str, true: list, ours: list) -> None:
    theirs = {each["key"]: each for each in ours}
    for each in true:
        name = f"{owner}.{each['key']}"
        other = theirs.pop(each["key"], None)
        if result.found(name, "column", other):
            for fact in COLUMN:
                result.fact(name, f"column {fact}", each[fact], other[fact])
    result.wrong += [f"{owner}.{key}: a column only to relmodel" for key in theirs]


def lines(model: dict) -> list[str]:
    """One line for each relationship, as the handbook writes them."""
    return sorted(_line(each) for each in model["relationships"])


def _line(each: dict) -> str:
    # A relationship that could not be resolved has no target and no pairs.
    target = _short(each["target"] or "?")
    shown = f"[{target}]" if each["uselist"] else target
    through = f" through {each['secondary']}" if each["secondary"] else ""
    pairs = ", ".join(pair.replace("->", " → ") for pair in sorted(each["local_remote_pairs"] or []))
    reverse = ", ".join(sorted(_short(other, parts=2) for other in each["reverse"] or []))
    origin = " (backref)" if each["from_backref"] else ""
    back = f", reverse {reverse}" if reverse else ""
    return f"{_short(each['class'])}.{each['key']}{origin}: {each['direction']} {shown}{through}, {pairs}{back}"


def _short(name: str, parts: int = 1) -> str:
    return ".".join(name.split(".")[-parts:])
