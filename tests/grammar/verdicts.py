"""What CPython says of files: a table for each source, with a digest of what `ast` finds in each file.

Owns the asking of the judge, side by side on all cores, and the tables in the cache: the same judge, the same `dump.py` and
the same files are never asked twice. What is compared with a verdict is for the callers.
"""

import concurrent.futures
import functools
import hashlib
import os
import subprocess
import tempfile
import time
from pathlib import Path

import sources
from sources import AREA, HERE, Source, cache, node

REPOSITORY = HERE.parent.parent
DUMP = REPOSITORY / "tree-sitter-relmodel" / "tests" / "common" / "dump.py"
CHUNK_BYTES = 12_000_000
CHUNK_SECONDS = 1200


@functools.cache
def key() -> str:
    """What the verdicts depend on besides the files."""
    digest = hashlib.sha256(DUMP.read_bytes())
    digest.update((HERE / "judge" / "judge.mjs").read_bytes())
    digest.update((HERE / "judge" / "package-lock.json").read_bytes())
    return digest.hexdigest()[:12]


def tables(wanted: list[Source]) -> dict[str, dict[Path, str]]:
    """The verdict on each file of each source, by the source's name. Files that the judge refuses say `refused: …`."""
    missing = [source for source in wanted if not table_path(source).exists()]
    if missing:
        ask(missing)
    return {source.name: read(source) for source in wanted}


def is_refusal(verdict: str) -> bool:
    return verdict.startswith("refused: ")


def table_path(source: Source) -> Path:
    return cache.root(AREA) / "verdicts" / f"{source.name}-{key()}.tsv"


def read(source: Source) -> dict[Path, str]:
    lines = table_path(source).read_text(encoding="utf-8").splitlines()
    return {source.folder / path: verdict for path, verdict in (line.split("\t") for line in lines)}


def ask(wanted: list[Source]) -> None:
    """Asks the judge about every file of some sources, and writes their tables."""
    started = time.monotonic()
    files = [path for source in wanted for path in source.files()]
    verdicts = {}
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        for part in pool.map(judge, chunks(files)):
            verdicts.update(part)
    if len(verdicts) != len(files):
        raise RuntimeError(f"the judge spoke of {len(verdicts)} files instead of {len(files)}")
    for source in wanted:
        target = table_path(source)
        target.parent.mkdir(parents=True, exist_ok=True)
        lines = [f"{path.relative_to(source.folder)}\t{verdicts[path]}\n" for path in source.files()]
        partial = target.with_suffix(f".{os.getpid()}")
        partial.write_text("".join(lines), encoding="utf-8")
        partial.rename(target)
    print(f"     CPython judged {len(files)} files in {time.monotonic() - started:.0f} s", flush=True)


def chunks(files: list[Path]) -> list[list[Path]]:
    """The files in parts of about the same number of bytes."""
    parts, size = [[]], 0
    for path in files:
        size += path.stat().st_size
        if size > CHUNK_BYTES and parts[-1]:
            parts.append([])
            size = path.stat().st_size
        parts[-1].append(path)
    return parts


def judge(files: list[Path]) -> dict[Path, str]:
    """One process of the judge reads some files."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as listing:
        listing.write("".join(f"{path}\n" for path in files))
        listing.flush()
        lines = run([listing.name]).splitlines()
    return {Path(path): verdict for path, verdict in (line.split("\t") for line in lines)}


def lines(path: Path) -> list[str]:
    """What `ast` finds in one file, line by line."""
    return run(["--lines", str(path)]).splitlines()


@functools.cache
def version() -> str:
    """The judge's version of CPython."""
    return run(["--version"]).strip()


def run(arguments: list[str]) -> str:
    node_folder, pyodide = sources.judge()
    command = [str(node_folder / "bin" / "node"), "--stack-size=4000", str(HERE / "judge" / "judge.mjs"), str(DUMP)]
    done = subprocess.run(
        [*command, *arguments], cwd=pyodide, env=node.environment(node_folder), capture_output=True, text=True,
        encoding="utf-8", timeout=CHUNK_SECONDS, check=False, stdin=subprocess.DEVNULL,
    )
    if done.returncode:
        raise RuntimeError(f"the judge failed: {done.stderr[-2000:]}")
    return done.stdout
