"""Scores what `relmodel inspect` resolved in a project against what its mappers hold.

A relationship is *found* where all that is compared of it is known; one that is not in `inspect`, or of which something is
unknown, is *lost*, which is no error. Owns what is counted, and nothing of where both sides come from.
"""

from collections import Counter
from dataclasses import dataclass, field

# What is compared of a relationship that was found.
FACTS = ["target", "direction", "uselist", "secondary", "reverse", "local_remote_pairs", "viewonly", "from_backref"]

# Lists whose order means nothing.
UNORDERED = {"reverse", "local_remote_pairs", "foreign_keys"}

# What is compared of a column, beside its foreign keys.
COLUMN = ["name", "table", "primary_key"]


@dataclass
class Score:
    """How a project, or all of them, came out."""

    counts: Counter = field(default_factory=Counter)
    lost: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)
    # Classes and columns that are lost or not as they should be.
    shape: list[str] = field(default_factory=list)

    def __iadd__(self, other: "Score") -> "Score":
        self.counts += other.counts
        return self

    def share(self, part: str, whole: str) -> float:
        """What part of a count another is, in percent."""
        return 100 * self.counts[part] / self.counts[whole] if self.counts[whole] else 100.0


def compare(truth: dict, ours: dict) -> Score:
    """The score of one project. `truth` has the facts and the `modules` that were imported for them."""
    score = Score()
    reasons = {each["what"]: each["reason"] for each in ours["unknown"]}
    _relationships(score, truth, ours, reasons)
    _classes(score, truth, ours, reasons)
    return score


def _relationships(score: Score, truth: dict, ours: dict, reasons: dict) -> None:
    known = {each["class"] for each in truth["classes"]}
    tops = {each.split(".")[0] for each in truth["modules"]}
    imported = set(truth["modules"])
    # Optional parts and tests relate to what was imported, too. What they add was not there when the truth was made.
    real = [each for each in ours["relationships"] if each["class"] in known]
    real = [each for each in real if each["module"] in imported or each["module"].split(".")[0] not in tops]
    labels = {f"{each['class']}.{each['key']}" for each in real}
    for each in real:
        each["reverse"] = [other for other in each["reverse"] if other in labels]
    theirs = {(each["class"], each["key"]): each for each in real}
    for each in truth["relationships"]:
        name = f"{each['class']}.{each['key']}"
        other = theirs.pop((each["class"], each["key"]), None)
        score.counts["relationships"] += 1
        lost = _why_lost(name, other, reasons)
        if lost:
            score.lost.append(f"{name}: {lost}")
            continue
        score.counts["found"] += 1
        faults = [fact for fact in FACTS if _value(each, fact) != _value(other, fact)]
        for fact in FACTS:
            score.counts[fact] += fact not in faults
        score.counts["right"] += not faults
        score.wrong += [f"{name}: {fact} is {each[fact]!r} to SQLAlchemy, {other[fact]!r} to relmodel" for fact in faults]
    for (cls, key), other in theirs.items():
        # What is known to exist but not what it is says nothing.
        if other["target"] is not None:
            score.extra.append(f"{cls}.{key}: a relationship only to relmodel")
    score.counts["extra"] = len(score.extra)


def _why_lost(name: str, other: dict | None, reasons: dict) -> str | None:
    if other is None:
        return reasons.get(name, "not seen")
    open_ = [fact for fact in ("target", "direction", "uselist", "local_remote_pairs", "viewonly") if other[fact] is None]
    return reasons.get(name, f"{', '.join(open_)} unknown") if open_ else None


def _classes(score: Score, truth: dict, ours: dict, reasons: dict) -> None:
    theirs = {each["class"]: each for each in ours["classes"]}
    imported = set(truth["modules"])
    for each in truth["classes"]:
        name = each["class"]
        other = theirs.pop(name, None)
        score.counts["classes"] += 1
        score.counts["columns"] += len(each["columns"])
        score.counts["foreign keys"] += sum(len(column["foreign_keys"]) for column in each["columns"])
        if other is None:
            score.shape.append(f"{name}: {reasons.get(name, 'this class is not seen')}")
            continue
        score.counts["classes seen"] += 1
        for fact in ("table", "inherits"):
            if each[fact] != other[fact]:
                score.shape.append(f"{name}: {fact} is {each[fact]!r} to SQLAlchemy, {other[fact]!r} to relmodel")
        _columns(score, name, each["columns"], other["columns"])
    for name in theirs:
        if _was_imported(name, imported):
            score.counts["extra classes"] += 1
            score.extra.append(f"{name}: mapped only to relmodel")


def _was_imported(name: str, imported: set[str]) -> bool:
    """Whether the module of a class is among these; classes inside of classes begin with a capital."""
    module, _, last = name.rpartition(".")
    while module.rpartition(".")[2][:1].isupper():
        module = module.rpartition(".")[0]
    return bool(last) and module in imported


def _columns(score: Score, owner: str, true: list, ours: list) -> None:
    theirs = {each["key"]: each for each in ours}
    for each in true:
        name = f"{owner}.{each['key']}"
        other = theirs.pop(each["key"], None)
        if other is None:
            score.shape.append(f"{name}: this column is not seen")
            continue
        faults = [fact for fact in COLUMN if each[fact] != other[fact]]
        score.counts["columns right"] += not faults
        keys = set(each["foreign_keys"])
        score.counts["foreign keys right"] += len(keys & set(other["foreign_keys"]))
        if keys != set(other["foreign_keys"]):
            faults.append("foreign_keys")
        score.shape += [f"{name}: {fact} is {each[fact]!r} to SQLAlchemy, {other[fact]!r} to relmodel" for fact in faults]
    score.counts["extra columns"] += len(theirs)
    score.shape += [f"{owner}.{key}: a column only to relmodel" for key in theirs]


def _value(each: dict, fact: str):
    return sorted(each[fact] or []) if fact in UNORDERED else each[fact]
