"""Virtual environments that the tests need, made by pip once and kept outside the clone.

Owns the pinned versions of SQLAlchemy and the cache folder. Knows nothing of what runs in the environments.

    python3 tests/oracle/venvs.py            make all of SQLAlchemy's environments, print their interpreters
"""

import contextlib
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

# The judges, oldest first. Each verdict in the pages and scenarios was given by exactly these.
# Beside SQLAlchemy lie the packages that declare models in their own way.
SQLALCHEMY = {
    "1.4": ["SQLAlchemy==1.4.54", "Flask-SQLAlchemy==3.0.5"],
    "2.0": ["SQLAlchemy==2.0.58", "Flask-SQLAlchemy==3.1.1", "sqlmodel==0.0.50"],
    "2.1": ["SQLAlchemy==2.1.9", "Flask-SQLAlchemy==3.1.1", "sqlmodel==0.0.50"],
}

PIP_ATTEMPTS = 4


def cache() -> Path:
    """The folder for everything downloaded; `RELMODEL_CACHE` moves it."""
    chosen = os.environ.get("RELMODEL_CACHE")
    if chosen:
        return Path(chosen)
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(home) / "relmodel"


def sqlalchemy(version: str) -> Path:
    """The interpreter of the environment that holds SQLAlchemy `version` (a key of `SQLALCHEMY`)."""
    return environment(f"sqlalchemy-{version}", SQLALCHEMY[version])


def environment(name: str, requirements: list[str]) -> Path:
    """The interpreter of an environment with `requirements`, made by pip if it is not there yet."""
    python = ".".join(map(str, sys.version_info[:2]))
    return made(name, python, requirements, lambda folder: _make(folder, requirements))


def made(name: str, python: str, requirements: list[str], make: Callable[[Path], None]) -> Path:
    """The interpreter of an environment that `make` fills, made if it is not there yet.

    The folder's name holds a digest of interpreter and requirements, so a changed pin makes a new environment.
    A marker file is written last: an interrupted installation is started afresh, never used.
    """
    digest = hashlib.sha256("\n".join([python, *requirements]).encode()).hexdigest()[:8]
    folder = cache() / "venvs" / f"{name}-py{python}-{digest}"
    interpreter = folder / "bin" / "python"
    marker = folder / "complete"
    if marker.exists() and interpreter.exists():
        return interpreter
    folder.parent.mkdir(parents=True, exist_ok=True)
    with _lock(folder.with_name(folder.name + ".lock")):
        if not (marker.exists() and interpreter.exists()):
            shutil.rmtree(folder, ignore_errors=True)
            make(folder)
            marker.write_text("\n".join(requirements) + "\n", encoding="utf-8")
    return interpreter


def _make(folder: Path, requirements: list[str]) -> None:
    interpreter = folder / "bin" / "python"
    print(f"making {folder.name}: pip install {' '.join(requirements)}", file=sys.stderr, flush=True)
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    pip = [str(interpreter), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--retries", "5"]
    for attempt in range(1, PIP_ATTEMPTS + 1):
        done = subprocess.run([*pip, *requirements], check=False, capture_output=True, text=True, stdin=subprocess.DEVNULL)
        if done.returncode == 0:
            return
        # pip lists every version there is when it finds none that fits; the end of its words is enough.
        said = "\n".join(line[:300] for line in done.stderr.strip().splitlines()[-5:])
        print(f"pip failed (attempt {attempt} of {PIP_ATTEMPTS}):\n{said}", file=sys.stderr, flush=True)
        time.sleep(2**attempt)
    raise SystemExit(f"pip could not install {requirements} into {folder}")


@contextlib.contextmanager
def _lock(path: Path):
    """Keeps a second test run from building the same environment at the same time."""
    with path.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    for each in SQLALCHEMY:
        print(each, sqlalchemy(each))
