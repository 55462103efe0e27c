"""Owns the cache outside the clone: where it is, who may write to it, and how a thing gets into it whole.

It has areas, of which `editors` is the clients'. It knows nothing of any one editor.
"""

import contextlib
import fcntl
import os
import pathlib
import shutil
import subprocess
import time


class Unavailable(Exception):
    """Something cannot be had on this machine; the text is the reason that a SKIP line shows."""


def root(area="editors"):
    """The folder of an area of the cache."""
    base = os.environ.get("RELMODEL_CACHE")
    if not base:
        home = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
        base = os.path.join(home, "relmodel")
    return pathlib.Path(base).absolute() / area


@contextlib.contextmanager
def locked():
    """Hold the cache for writing. A second run waits here and then finds everything in place."""
    root().mkdir(parents=True, exist_ok=True)
    with open(root() / ".lock", "w", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("     waiting for another run that installs editors", flush=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def provide(name, build, area="editors"):
    """The folder `name` of an area of the cache, made by `build(folder)` when it is missing.

    It is built under another name and renamed at the end, so that an interrupted run leaves nothing half made.
    The caller holds the lock.
    """
    target = root(area) / name
    if target.is_dir():
        return target
    started = time.monotonic()
    partial = root(area) / f".partial-{name}"
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    build(partial)
    partial.rename(target)
    print(f"     installed {name} in {time.monotonic() - started:.0f} s", flush=True)
    return target


def run(command, attempts=1, limit=900, **options):
    """Run a command and return its output. Downloads ask for several attempts. Raise `Unavailable` with the last words."""
    command = [str(part) for part in command]
    words = ""
    for attempt in range(attempts):
        if attempt:
            time.sleep(5 * attempt)
        try:
            done = subprocess.run(
                command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", timeout=limit,
                stdin=subprocess.DEVNULL, check=False, **options,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            words = str(error)
            continue
        if done.returncode == 0:
            return done.stdout
        words = " | ".join(done.stdout.strip().splitlines()[-4:]) or f"status {done.returncode}"
    raise Unavailable(f"`{' '.join(command)[:80]}`: {words}")
