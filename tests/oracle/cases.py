"""Small model files, each about one thing, put to real SQLAlchemy and to the server.

A case is a file in `tests/cases`, in the fixture language. Its first line tells what it shows; the comments below name the
versions of SQLAlchemy with what each makes of it:

    # error: 1.4 2.0        raises: the marks are errors
    # warning: 2.1          warns: the marks are warnings
    # accepted: 2.1         says nothing, and the server finds nothing
    # silent: 2.1           says nothing, and the marks are expected all the same
    # unforeseen: 2.1       raises for what only running the program could tell, and the server finds nothing

    # unknown: 1.4 2.0      only running the program could tell some of the facts

A case of several files with a `main.py` is imported from there. Where SQLAlchemy makes mappers, `inspect` has to agree with
them; where something is `unknown`, it has to be that, and the rest right.

    python3 tests/oracle/cases.py [PART-OF-A-NAME…]
"""

import dataclasses
import re
import sys
from dataclasses import dataclass
from pathlib import Path

import facts
import oracle
import server
from fixture import differences, drawn, split
from tally import Tally, attempt

CASES = server.REPOSITORY / "tests" / "cases"
VERDICT = re.compile(r"^# (error|warning|accepted|silent|unforeseen|unknown): ([\d. ]+)$")


@dataclass
class Case:
    """A case, taken apart."""

    name: str
    files: dict[str, str]
    verdicts: dict[str, str]
    # The versions in which some facts cannot be told.
    unknown: list[str]

    def modules(self) -> list[str]:
        """What to import."""
        return ["main"] if "main.py" in self.files else oracle.module_names(self.files)

    def findings(self, version: str) -> list:
        """What the server has to say for a version: the marks, as severe as SQLAlchemy is."""
        verdict = self.verdicts[version]
        if verdict in ("accepted", "unforeseen"):
            return []
        marks = drawn(self.files)
        if verdict == "silent":
            return marks
        return [dataclasses.replace(each, severity=verdict) if each.severity == "error" else each for each in marks]


def main() -> None:
    tally = Tally()
    wanted = sys.argv[1:]
    cases = [read(path) for path in sorted(CASES.glob("*.py")) if not wanted or any(part in path.stem for part in wanted)]
    with oracle.judges() as judges:
        for case in cases:
            if not case.verdicts:
                tally.check(case.name, ["names no version of SQLAlchemy"])
            for version in case.verdicts:
                run(case, version, judges[version], tally)
    print(f"{len(cases)} cases, SQLAlchemy {', '.join(oracle.VERSIONS)}")
    tally.close()


def read(path: Path) -> Case:
    """The case in a file."""
    text = path.read_text(encoding="utf-8")
    verdicts, unknown = {}, []
    for line in text.splitlines()[1:]:
        match = VERDICT.match(line)
        if not match:
            break
        if match[1] == "unknown":
            unknown = match[2].split()
        else:
            verdicts |= dict.fromkeys(match[2].split(), match[1])
    return Case(path.stem, split(text), verdicts, unknown)


def run(case: Case, version: str, judge: oracle.Oracle, tally: Tally) -> None:
    """One version's verdict, the server's findings, and the facts where there are some."""
    settings = {"relmodel.toml": f'sqlalchemy = "{version}"\n'}
    with oracle.workspace(case.files | settings) as root:
        verdict = judge.judge(root, case.modules())
        tally.check(f"{case.name}: SQLAlchemy {version}", verdict_faults(case.verdicts[version], verdict))
        wanted = case.findings(version)
        tally.check(f"{case.name}: relmodel, {version}", attempt(finding_faults, wanted, root))
        if verdict["facts"] and not verdict["error"]:
            tally.check(f"{case.name}: facts, {version}", attempt(fact_faults, verdict["facts"], root, version in case.unknown))


def verdict_faults(wanted: str, verdict: dict) -> list[str]:
    """How SQLAlchemy's verdict differs from what the case says of it."""
    said = "error" if verdict["error"] else "warning" if verdict["warnings"] else "accepted"
    said_by = {"silent": "accepted", "unforeseen": "error"}
    return [] if said == said_by.get(wanted, wanted) else [f"{wanted} by the case, {said} by SQLAlchemy: {oracle.spoken(verdict)}"]


def finding_faults(wanted: list, root: Path) -> list[str]:
    """How the server's findings differ from the marks."""
    return differences(wanted, server.findings(root))


def fact_faults(true: dict, root: Path, unknown: bool) -> list[str]:
    """How `inspect` differs from the mappers."""
    result = facts.compare(true, server.run("inspect", root))
    if not unknown:
        return result.faults
    return result.wrong or ([] if result.unknown else ["all facts are known: the case should say so"])


if __name__ == "__main__":
    main()
