"""Literate scenarios: Markdown whose Python blocks are put to the server and to real SQLAlchemy.

A scenario is a `python` block and what is said of it below, up to the next one:

- marks in the block draw the findings that the server must report, and no others; hints are compared where one is drawn;
- text blocks after a line `**relmodel says**` hold `✓ no findings` and one line for each relationship it resolves;
- text blocks after `**SQLAlchemy says**` quote warnings and exceptions word for word, or hold `✓ the same`. A label such as
  `text 2.0 2.1` names the versions that say so; a scenario is run in the versions that its blocks speak for.

A block `python prelude` stands before every later block of its document that starts no file of its own.

    python3 tests/oracle/scenarios.py [FILE…]    UPDATE_PAGES=1 writes what SQLAlchemy says into the files,
                                                 and the server's wording where code and range agree
"""

import os
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path

import facts
import oracle
import pages
import quotes
import server
from fixture import DEFAULT_PATH, FILE, differences, drawn, redraw, split
from tally import Tally, attempt

SCENARIOS = server.REPOSITORY / "tests" / "scenarios"
TOKEN = re.compile(
    r"^(?P<hashes>#+) (?P<title>[^\n]+)$"
    r"|^\*\*(?P<voice>relmodel|SQLAlchemy) says\*\*$"
    r"|^```(?P<label>[^\n]*)\n(?P<text>.*?)^```$",
    re.M | re.S,
)
SILENT = "✓ no findings"
SAME = "✓ the same"
GAPS = "Known gaps"


@dataclass
class Scenario:
    """One Python block and what is said of it. `said` holds the text blocks of each voice."""

    name: str
    files: dict
    prelude: str
    block: tuple
    said: dict = field(default_factory=dict)
    spans: dict = field(default_factory=dict)

    def versions(self) -> list[str]:
        """The versions of SQLAlchemy that it is about."""
        return quotes.versions(self.said.get("SQLAlchemy", []), oracle.VERSIONS)


def main() -> None:
    tally = Tally()
    with_server = "--sqlalchemy-only" not in sys.argv
    named = [Path(argument) for argument in sys.argv[1:] if not argument.startswith("-")]
    count = 0
    with oracle.judges() as judges:
        for document in named or sorted(SCENARIOS.glob("*.md")):
            scenarios = read(document)
            if os.environ.get("UPDATE_PAGES"):
                update(document, scenarios, judges, with_server)
                scenarios = read(document)
            count += len(scenarios)
            for scenario in scenarios:
                run(scenario, judges, tally, with_server)
    print(f"{count} scenarios, SQLAlchemy {', '.join(oracle.VERSIONS)}")
    tally.close()


def read(document: Path) -> list[Scenario]:
    """The scenarios of a document, in order."""
    scenarios, headings, prelude, voice = [], [], "", None
    for token in TOKEN.finditer(document.read_text(encoding="utf-8")):
        if token["hashes"]:
            headings[len(token["hashes"]) - 1 :] = [token["title"]]
            voice = None
        elif token["voice"]:
            voice = token["voice"]
        elif token["label"] in ("python", "python prelude"):
            name = f"{document.stem}: {' / '.join(headings[1:])}"
            if token["label"] == "python":
                scenarios.append(Scenario(name, files_of(prelude, token["text"]), prelude, token.span("text")))
            else:
                prelude = token["text"]
                scenarios.append(Scenario(name, files_of("", prelude), "", token.span("text")))
            voice = None
        elif voice and scenarios:
            scenarios[-1].said.setdefault(voice, []).append((token["label"], token["text"]))
            start, _ = scenarios[-1].spans.get(voice, (token.start(), None))
            scenarios[-1].spans[voice] = (start, token.end())
    return scenarios


def files_of(prelude: str, text: str) -> dict[str, str]:
    """The files of a block. A block that starts no file itself follows the prelude."""
    if FILE.match(text.split("\n", 1)[0]):
        return split(text)
    return {DEFAULT_PATH: f"{prelude}\n\n{text}" if prelude else text}


def run(scenario: Scenario, judges: dict, tally: Tally, with_server: bool) -> None:
    """Puts a scenario to SQLAlchemy and to the server."""
    if not scenario.versions():
        tally.check(scenario.name, ["nothing is quoted of SQLAlchemy"])
    wanted = drawn(scenario.files)
    for version in scenario.versions():
        # The server is told the version by the project's settings.
        with oracle.workspace(scenario.files | pages.settings(version)) as root:
            verdict = judges[version].judge(root, oracle.module_names(scenario.files))
            faults = sqlalchemy_faults(scenario, version, verdict, prelude_lines(scenario, judges[version]))
            faults += drawing_faults(scenario, wanted, verdict)
            if with_server and verdict["outcome"] != "error":
                faults += attempt(fact_faults, verdict["facts"], root)
            tally.check(f"{scenario.name}, SQLAlchemy {version}", faults)
            if with_server:
                found = attempt(relmodel_faults, scenario, wanted, root)
                tally.check(f"{scenario.name}, relmodel under {version}", found)


def sqlalchemy_faults(scenario: Scenario, version: str, verdict: dict, known: tuple) -> list[str]:
    """How the quotation for a version differs from what SQLAlchemy says."""
    wanted = quotes.for_version(scenario.said["SQLAlchemy"], version)
    faults = quotes.differences(wanted, verdict_text(verdict, known))
    stated = [line for line in relmodel_text(scenario).splitlines() if line != SILENT]
    if stated and verdict["outcome"] != "error":
        faults += quotes.differences("\n".join(stated), "\n".join(facts.lines(verdict["facts"])))
    return faults


def drawing_faults(scenario: Scenario, wanted: list, verdict: dict) -> list[str]:
    """An error is drawn exactly where SQLAlchemy raises; in a known gap it raises and none is drawn."""
    draws = any(each.severity == "error" for each in wanted)
    raises = verdict["outcome"] == "error"
    if GAPS in scenario.name:
        return [] if raises and not draws else ["this is no gap: SQLAlchemy must raise, and no error be drawn"]
    if draws == raises:
        return []
    return ["an error is drawn, and SQLAlchemy raises none" if draws else "SQLAlchemy raises, and no error is drawn"]


def fact_faults(true: dict, root: Path) -> list[str]:
    """How `inspect` differs from the mappers, tables included."""
    ours = server.run("inspect", root)
    result = facts.compare(true, ours)
    facts.tables(result, true, ours)
    return result.faults


def relmodel_faults(scenario: Scenario, wanted: list, root: Path) -> list[str]:
    """How the findings differ from the drawing, and the model from what the text says."""
    draws_hints = any(each.severity == "hint" for each in wanted)
    reported = [each for each in server.findings(root) if draws_hints or each.severity != "hint"]
    faults = differences(wanted, reported)
    text = relmodel_text(scenario)
    # Where SQLAlchemy raises there is nothing to compare the relationships with.
    if text and GAPS not in scenario.name:
        stated = "\n".join(line for line in text.splitlines() if line != SILENT)
        faults += quotes.differences(stated, "\n".join(facts.lines(server.run("inspect", root))))
    if bool(wanted) == (SILENT in text.splitlines()):
        faults.append(f"a scenario either draws findings or says {SILENT!r}")
    return faults


def relmodel_text(scenario: Scenario) -> str:
    """What the document says of the server."""
    return "".join(text for _, text in scenario.said.get("relmodel", []))


def prelude_lines(scenario: Scenario, judge: oracle.Oracle) -> tuple:
    """What SQLAlchemy says of the prelude alone; the document quotes that once, not below every block."""
    if not scenario.prelude:
        return ()
    with oracle.workspace({DEFAULT_PATH: scenario.prelude}) as root:
        said = oracle.spoken(judge.judge(root, oracle.module_names({DEFAULT_PATH: ""})))
    return tuple(said.splitlines())


def verdict_text(verdict: dict, known: tuple) -> str:
    """A verdict as a scenario quotes it."""
    said = oracle.spoken(verdict, known)
    agreed = [] if verdict["outcome"] == "error" else [SAME]
    return "\n".join(([said] if said else []) + agreed)


def update(document: Path, scenarios: list[Scenario], judges: dict, with_server: bool) -> None:
    """Writes what SQLAlchemy says, the relationships it makes, and the server's wording into the document."""
    text = document.read_text(encoding="utf-8")
    changes = []
    for scenario in scenarios:
        said, model = {}, None
        with oracle.workspace(scenario.files) as root:
            for version in scenario.versions():
                verdict = judges[version].judge(root, oracle.module_names(scenario.files))
                said[version] = verdict_text(verdict, prelude_lines(scenario, judges[version]))
                model = model or verdict["facts"]
            reported = server.findings(root) if with_server else []
        start, end = scenario.block
        changes.append((scenario.block, redraw(text[start:end], scenario.files, reported)))
        if said:
            changes.append((scenario.spans["SQLAlchemy"], _fenced(quotes.grouped(said, oracle.VERSIONS))))
        if "relmodel" in scenario.spans and model:
            stated = "\n".join([SILENT, *facts.lines(model)]) + "\n"
            changes.append((scenario.spans["relmodel"], _fenced([("text", stated)])))
    for (start, end), new in sorted(changes, reverse=True):
        text = text[:start] + new + text[end:]
    document.write_text(text, encoding="utf-8")


def _fenced(blocks: list) -> str:
    return "\n\n".join(f"```{label}\n{quoted}```" for label, quoted in blocks)


if __name__ == "__main__":
    main()
