"""Runs the binary `relmodel` on a folder and reads its JSON.

Owns the command lines and the form of what comes back; compares nothing.
"""

import json
import os
import subprocess
from pathlib import Path

from fixture import Finding

REPOSITORY = Path(__file__).resolve().parents[2]

# `check` ends with 1 when it found errors; 2 is a failure of its own.
EXPECTED_STATUS = {"check": (0, 1), "inspect": (0,)}


def binary() -> Path:
    """The release binary, or the one that `RELMODEL` names, as `tests/run` does."""
    target = Path(os.environ.get("CARGO_TARGET_DIR", REPOSITORY / "target"))
    return Path(os.environ.get("RELMODEL", target / "release" / "relmodel"))


def run(command: str, *paths: Path) -> dict:
    """The JSON that `relmodel COMMAND PATH… --format json` prints."""
    done = subprocess.run(
        [str(binary()), command, *map(str, paths), "--format", "json"],
        capture_output=True, text=True, encoding="utf-8", timeout=300, check=False,
    )
    if done.returncode not in EXPECTED_STATUS[command]:
        raise RuntimeError(f"relmodel {command} ended with status {done.returncode}: {done.stderr.strip()[:2000]}")
    return json.loads(done.stdout)


def findings(root: Path) -> list[Finding]:
    """What `relmodel check` says of a workspace, with paths relative to it."""
    return sorted((_finding(root, each) for each in run("check", root)["findings"]), key=Finding.place)


def _finding(root: Path, each: dict) -> Finding:
    start, end = each["range"]["start"], each["range"]["end"]
    # A range that ends on another line cannot be drawn; keeping its end line in the column makes it differ from any drawing.
    last = end["column"] if end["line"] == start["line"] else -end["line"]
    path = os.path.relpath(each["path"], root).replace(os.sep, "/")
    return Finding(path, start["line"], start["column"], last, each["severity"], each["code"], each["message"])
