"""The oracle: asks real SQLAlchemy, in several versions, what it says of a workspace.

Owns the worker processes, one for each version, and the workspaces written for them. What a verdict means for a page or
a scenario is for the callers to say.
"""

import contextlib
import json
import os
import subprocess
import tempfile
from pathlib import Path

import venvs

WORKER = Path(__file__).with_name("worker.py")
VERSIONS = list(venvs.SQLALCHEMY)


class Oracle:
    """SQLAlchemy in one environment. Jobs are judged one after the other, each in a process of its own."""

    def __init__(self, interpreter: Path, env: dict[str, str] | None = None):
        self._process = subprocess.Popen(
            [str(interpreter), "-W", "ignore", str(WORKER)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8", env=_environment() | (env or {}),
        )

    def judge(self, root: Path, modules: list[str], **more) -> dict:
        """The verdict on `modules`, imported in this order with `root` on the path. `more` is what else a job may hold."""
        self._process.stdin.write(json.dumps({"root": str(root), "modules": modules, **more}) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise SystemExit(f"the oracle's worker ended with status {self._process.wait()}")
        return json.loads(line)

    def close(self) -> None:
        """Lets the worker end."""
        self._process.stdin.close()
        self._process.wait()


def _environment() -> dict[str, str]:
    """The process's environment without what would change Python's or SQLAlchemy's voice."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "SQLALCHEMY"))}
    return kept | {"PYTHONHASHSEED": "0"}


@contextlib.contextmanager
def judges():
    """One oracle for each version of SQLAlchemy: `{"1.4": Oracle, …}`."""
    open_now = {version: Oracle(venvs.sqlalchemy(version)) for version in VERSIONS}
    try:
        yield open_now
    finally:
        for each in open_now.values():
            each.close()


@contextlib.contextmanager
def workspace(files: dict[str, str]):
    """A folder that holds `files` (paths relative to it), for as long as the block runs."""
    with tempfile.TemporaryDirectory(prefix="relmodel-") as folder:
        root = Path(folder)
        for path, text in files.items():
            target = root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
        yield root


def module_names(files: dict[str, str]) -> list[str]:
    """The dotted names under which Python imports the files, in the files' own order."""
    names = []
    for path in files:
        dotted = path.removesuffix(".py").replace("/", ".")
        names.append(dotted.removesuffix(".__init__"))
    return names


def spoken(verdict: dict, without: tuple = ()) -> str:
    """A verdict as the pages quote it: each warning, then the exception, as `ClassName: message`.

    `without` are lines that the caller has quoted elsewhere. An empty text means that SQLAlchemy has no objection.
    """
    said = [f"{each['class']}: {each['message']}" for each in verdict["warnings"]]
    if verdict["error"]:
        said.append(f"{verdict['error']['class']}: {verdict['error']['message']}")
    return "\n".join(line for line in dict.fromkeys(said) if line not in without)
