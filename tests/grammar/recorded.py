"""What CPython said of the sources, recorded: one line for each, so that the judge need not read them again on every machine.

Owns `recorded.txt`. A source whose trees have the recorded digest agrees with CPython in every file. Any other, and any that
is not recorded for this judge, the judge is asked about: the record can save its work, and never overrules it.
"""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

import verdicts
from sources import HERE, Source

FILE = HERE / "recorded.txt"
HEAD = """\
# What CPython said of each source: its files, a digest of their verdicts, and the paths that it refuses. The first line names
# the judge. Written from its verdicts by `UPDATE_VERDICTS=1 python3 tests/grammar/run.py structure`.
"""


@dataclass(frozen=True)
class Record:
    """What is recorded of one source."""

    files: int
    digest: str
    refused: tuple[str, ...]

    @classmethod
    def of(cls, source: Source, table: dict[Path, str]) -> "Record":
        """Of the verdict on each file of a source."""
        words = {path.relative_to(source.folder).as_posix(): verdict for path, verdict in table.items()}
        refused = tuple(sorted(path for path, verdict in words.items() if verdicts.is_refusal(verdict)))
        lines = "".join(f"{path}\t{words[path]}\n" for path in sorted(words) if path not in refused)
        return cls(len(words), hashlib.sha256(lines.encode()).hexdigest()[:32], refused)


def agrees(source: Source, found: dict[Path, str]) -> Record | None:
    """The record of a source, if the digests found in its files are the recorded ones."""
    record = recorded().get(source.name)
    if record is None or os.environ.get("UPDATE_VERDICTS"):
        return None
    kept = {path: digest for path, digest in found.items() if path.relative_to(source.folder).as_posix() not in record.refused}
    same = Record.of(source, kept).digest == record.digest and len(found) == record.files
    return record if same else None


def recorded() -> dict[str, Record]:
    """The records by the names of the sources; none if another judge wrote them."""
    lines = [line.split("\t") for line in FILE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    if not lines or lines[0] != ["judge", verdicts.key()]:
        return {}
    return {name: Record(int(files), digest, tuple(refused)) for name, files, digest, *refused in lines[1:]}


def write(tables: dict[Source, dict[Path, str]]) -> None:
    """Records the verdicts of sources, instead of what was there."""
    records = sorted((source.name, Record.of(source, table)) for source, table in tables.items())
    lines = ["\t".join([name, str(it.files), it.digest, *it.refused]) for name, it in records]
    FILE.write_text("\n".join([HEAD + f"judge\t{verdicts.key()}", *lines, ""]), encoding="utf-8")
