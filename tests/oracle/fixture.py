"""The fixture language: Python text that draws what is expected of it.

`#- path.py` starts another file. A comment of carets under a line draws a finding on that line:

    children = relationship("Chlid")
    #                        ^^^^^ error[unresolved-name]: `Parent.children` refers to `Chlid`, …

The carets cover the range. `[code]` may be left out where the page gives it, the message where it does not matter. The
text stays valid Python, so SQLAlchemy runs the very same files.
"""

import re
from dataclasses import dataclass

FILE = re.compile(r"#- (\S+)\s*$")
MARK = re.compile(r"(?P<lead>\s*#\s*)(?P<carets>\^+) (?P<severity>error|warning|hint)(?:\[(?P<code>[a-z-]+)\])?(?:: (?P<message>.*))?$")

DEFAULT_PATH = "models.py"


@dataclass(frozen=True, order=True)
class Finding:
    """A finding with its range: lines and columns from 1, columns in code points, the end exclusive."""

    path: str
    line: int
    start: int
    end: int
    severity: str
    code: str
    message: str | None

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.start}-{self.end} {self.severity}[{self.code}]: {self.message}"

    def agrees(self, drawn: "Finding") -> bool:
        """Whether this finding is the drawn one; a drawing without message leaves the message open."""
        return self.place() == drawn.place() and drawn.message in (None, self.message)

    def place(self) -> tuple:
        """All but the wording."""
        return (self.path, self.line, self.start, self.end, self.severity, self.code)


def split(text: str) -> dict[str, str]:
    """The files of a fixture. Text before the first `#- path` belongs to `models.py`."""
    files, path = {}, DEFAULT_PATH
    for line in text.splitlines(keepends=True):
        start = FILE.match(line)
        if start:
            path = start[1]
            files[path] = ""
        elif path in files or line.strip():
            files[path] = files.get(path, "") + line
    return files


def drawn(files: dict[str, str], page_code: str = "") -> list[Finding]:
    """The findings that the files draw, in reading order."""
    found = []
    for path, text in files.items():
        above = 0
        for number, line in enumerate(text.splitlines(), start=1):
            mark = MARK.match(line)
            if not mark:
                above = number
                continue
            start = len(mark["lead"]) + 1
            end = start + len(mark["carets"])
            found.append(Finding(path, above, start, end, mark["severity"], mark["code"] or page_code, mark["message"]))
    return sorted(found, key=Finding.place)


def differences(wanted: list[Finding], reported: list[Finding]) -> list[str]:
    """The findings that are drawn and not reported, and those reported and not drawn."""
    missing = [each for each in wanted if not any(one.agrees(each) for one in reported)]
    extra = [one for one in reported if not any(one.agrees(each) for each in wanted)]
    return [f"not reported: {each}" for each in missing] + [f"not expected: {one}" for one in extra]


def redraw(text: str, files: dict[str, str], reported: list[Finding]) -> str:
    """`text`, a part of `files`, with the messages of its marks worded as reported. Marks elsewhere stay as they are."""
    wording = {
        (files[each.path].splitlines()[each.line - 1], each.start, each.end): each.message
        for each in reported if each.path in files
    }
    lines, above = [], ""
    for line in text.splitlines():
        mark = MARK.match(line)
        if mark and mark["message"]:
            start = len(mark["lead"]) + 1
            new = wording.get((above, start, start + len(mark["carets"])))
            if new:
                line = line[: mark.start("message")] + new
        elif not mark:
            above = line
        lines.append(line)
    return "\n".join(lines) + ("\n" if text.endswith("\n") else "")
