"""The programs that suites put to SQLAlchemy again after something has changed them: pages, scenarios and cases in one form.

Owns that form and the asking, each question once; what is changed, and what then has to hold, is for the suites to say.
"""

from collections.abc import Callable
from dataclasses import dataclass

import cases
import oracle
import pages
import scenarios
from fixture import split
from tally import Tally


@dataclass
class Program:
    """A workspace, with the versions of SQLAlchemy that it speaks of and its modules in the order of their import."""

    name: str
    files: dict[str, str]
    versions: list[str]
    modules: list[str]


def of_pages(tally: Tally, text: Callable) -> list[Program]:
    """One block of every rule's page; `text` tells which."""
    return [_program(f"page {each.code}", split(text(each)), each.versions()) for each in pages.all_pages(tally)]


def of_scenarios() -> list[Program]:
    """Every scenario."""
    documents = sorted(scenarios.SCENARIOS.glob("*.md"))
    return [_program(each.name, each.files, each.versions()) for document in documents for each in scenarios.read(document)]


def of_cases() -> list[Program]:
    """Every case."""
    found = [cases.read(path) for path in sorted(cases.CASES.glob("*.py"))]
    return [Program(f"case {each.name}", each.files, list(each.verdicts), each.modules()) for each in found]


def _program(name: str, files: dict[str, str], versions: list[str]) -> Program:
    return Program(name, files, versions, oracle.module_names(files))


class Judge:
    """One version of SQLAlchemy, which is asked about each text once."""

    def __init__(self, judge: oracle.Oracle):
        self._judge = judge
        self._known: dict = {}

    def ask(self, program: Program, files: dict[str, str]) -> dict:
        """The verdict on a program with these files."""
        key = (program.name, *files.items())
        if key not in self._known:
            with oracle.workspace(files) as root:
                self._known[key] = self._judge.judge(root, program.modules)
        return self._known[key]
