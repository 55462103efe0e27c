"""The `overlaps` warnings of real projects: SQLAlchemy's, and those that relmodel foretells.

SQLAlchemy says of a relationship that it will copy a column to another one, and which relationships copy to that as well. Each
such pair is one fact here. They are recorded in `overlaps.json`; to make them, each project is imported in its whole
environment and its mappers are configured, with no filter that a project puts before warnings.

    python3 tests/corpora/overlaps.py [PROJECT…]     against the record
        --record        asks SQLAlchemy anew

Which of two relationships is configured first depends on what a program imports first: a pair told from its other end counts.
Owns the comparison and what must hold.
"""

import json
import re
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "oracle"))

import oracle  # noqa: E402  (the oracle's folder is on the path only now)
import server  # noqa: E402
from projects import Project, projects  # noqa: E402
from real import module_of, recorded  # noqa: E402
from tally import Tally  # noqa: E402

RECORD = HERE / "overlaps.json"

# What must hold over all projects: the share of SQLAlchemy's pairs that are told, in percent.
TOLD = 90.0

# Projects filter warnings away, some for all of Python.
NO_FILTERS = """
import warnings
for name in ("filterwarnings", "simplefilter", "resetwarnings"):
    setattr(warnings, name, lambda *_, **__: None)
warnings.filters.insert(0, ("always", None, Warning, None, 0))
"""

SAID = re.compile(r"relationship '(.*?)' will copy column (\S+) to column (\S+), which conflicts with relationship\(s\): (.*?)\. If this is")
OTHER = re.compile(r"'([^']*)' \(copies (\S+) to (\S+)\)")

OUR_SUBJECT = re.compile(r"`(.*?)` will copy ")
OUR_COLUMNS = re.compile(r"column (\S+) to column ([^\s,]+)")
OUR_OTHER = re.compile(r"`([^`]*)` \(copies ([^)]+)\)")
OUR_COPY = re.compile(r"(\S+) to (\S+)")


def main() -> None:
    wanted = [each for each in sys.argv[1:] if not each.startswith("-")]
    chosen = [each for each in projects() if not wanted or each.name in wanted]
    record = json.loads(RECORD.read_text(encoding="utf-8")) if RECORD.exists() else {}
    if "--record" in sys.argv:
        for project in chosen:
            record[project.name] = asked(project)
            RECORD.write_text(json.dumps(record, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        return
    tally = Tally()
    counts = [compare(each, record[each.name], tally) for each in chosen if each.name in record]
    said, told = (sum(column) for column in zip(*counts, strict=True))
    share = 100 * told / max(said, 1)
    tally.check(f"{told} of SQLAlchemy's {said} pairs told", [f"at least {TOLD} %"] if share < TOLD else [])
    tally.close()


def asked(project: Project) -> list[list[str]]:
    """The pairs that SQLAlchemy names now."""
    site = project.full()
    with tempfile.TemporaryDirectory(prefix="relmodel-") as home:
        env = {name: value.replace("{tmp}", home) for name, value in project.env.items()}
        judge = oracle.Oracle(site.parents[2] / "bin" / "python", env | {"HOME": home, "TMPDIR": home})
        more = {"below": list(project.packages), "skip": list(project.skip), "prelude": project.prelude + NO_FILTERS}
        verdict = judge.judge(site, list(project.modules), **more)
        judge.close()
    if not verdict["facts"]:
        raise SystemExit(f"{project.name} does not configure: {verdict['error']}")
    return sorted(pairs_said([each["message"] for each in verdict["warnings"]]))


def pairs_said(messages: list[str]) -> set[tuple[str, ...]]:
    """Subject, its columns from and to, the other relationship, its columns: of each pair in SQLAlchemy's words."""
    found = (SAID.search(each) for each in messages)
    return {(*each.group(1, 2, 3), *other) for each in found if each for other in OTHER.findall(each[4])}


def compare(project: Project, record: list[list[str]], tally: Tally) -> tuple[int, int]:
    """Puts one project to relmodel; gives how many pairs there are and how many of them it tells."""
    site = project.read_only()
    said = {tuple(each) for each in record}
    imported = set(recorded(project)["modules"])
    findings = server.run("check", "--select", "overlaps", *project.folders(site))["findings"]
    # What no program imports, such as a migration, SQLAlchemy never sees.
    ours = {pair for each in findings if module_of(Path(each["path"]), site) in imported for pair in pairs_told(each["message"])}
    either = said | {_turned(each) for each in said}
    told = {each for each in said if each in ours or _turned(each) in ours}
    tally.check(f"{project.name}: no other pair", sorted(map(str, ours - either)))
    print(f"{project.name:13} {len(said):4} pairs, {len(told):4} told", *sorted(map(str, said - told)), sep="\n    not told: ")
    return len(said), len(told)


def pairs_told(message: str) -> set[tuple[str, ...]]:
    """The same pairs in our words."""
    subject = OUR_SUBJECT.match(message)[1]
    sources = {target: source for source, target in OUR_COLUMNS.findall(message)}
    others = [(name, *copy) for name, copies in OUR_OTHER.findall(message) for copy in OUR_COPY.findall(copies)]
    return {(subject, sources.get(target, "?"), target, name, source, target) for name, source, target in others}


def _turned(pair: tuple[str, ...]) -> tuple[str, ...]:
    return (*pair[3:], *pair[:3])


if __name__ == "__main__":
    main()
