"""Trees against CPython's `ast`, over tens of thousands of real files: no fault, and the same structure in every file.

Owns which sources are compared and how a difference is told. How trees and `ast` are put into the same words is
`tree-sitter-relmodel/tests/common`.
"""

import itertools
import os
import subprocess
from pathlib import Path

import recorded
import sources
import tools
import variants
import verdicts
from sources import cache

COMPARE = verdicts.REPOSITORY / "target" / "checked" / "examples" / "compare"
SHOWN_FILES = 8
SHOWN_LINES = 4
MINIMUM_FILES = 20_000


# What of the sources cannot be had, and why.
missing = ""


def prepare() -> None:
    global missing
    sources.packages()
    sources.library()
    variants.dressed()
    try:
        sources.cpython_tests()
    except cache.Unavailable as reason:
        missing = str(reason)


def check(tally) -> None:
    """Scores each group of sources as one test."""
    build = ["cargo", "build", "--profile", "checked", "--quiet", "--package", "tree-sitter-relmodel", "--example", "compare"]
    wrong = tools.faults(build, cwd=verdicts.REPOSITORY)
    if wrong:
        tally.check("the comparing program", wrong)
        return
    packages = sources.packages()
    compared = compare_group(tally, f"{len(packages)} packages", packages)
    if compared < MINIMUM_FILES:
        tally.check("enough files of packages", [f"{compared} files instead of {MINIMUM_FILES}"])
    groups = {"the standard library": [sources.library()]}
    for source, change in zip(variants.dressed(), variants.VARIANTS):
        groups[f"the library with {change.__name__.replace('_', ' ')}"] = [source]
    if missing:
        tally.skip("the structure of CPython's own tests", missing)
    else:
        groups["CPython's own tests"] = [sources.cpython_tests()]
    for name, group in groups.items():
        compare_group(tally, name, group)
    if os.environ.get("UPDATE_VERDICTS"):
        everything = [*packages, *(source for group in groups.values() for source in group)]
        tables = verdicts.tables(everything)
        recorded.write({source: tables[source.name] for source in everything})


def compare_group(tally, name: str, group: list[sources.Source]) -> int:
    """Compares every file of some sources that CPython accepts. Gives their number."""
    found = {source: trees(source) for source in group}
    records = {source: recorded.agrees(source, found[source]) for source in group}
    tables = verdicts.tables([source for source in group if records[source] is None])
    reports, total, refused = {}, 0, 0
    for source in group:
        total += len(found[source])
        if records[source]:
            refused += len(records[source].refused)
            continue
        table = tables[source.name]
        refused += sum(verdicts.is_refusal(verdict) for verdict in table.values())
        accepted = {path: verdict for path, verdict in table.items() if not verdicts.is_refusal(verdict)}
        reports |= {path: found[source][path] for path, verdict in accepted.items() if found[source][path] != verdict}
    megabytes = sum(path.stat().st_size for files in found.values() for path in files) / 1e6
    asked = f"judged now: {len(tables)} of {len(group)}" if tables else "as recorded"
    print(
        f"     {name}: {total - refused} files that CPython accepts of {total}, {megabytes:.0f} MB, "
        f"{len(reports)} with faults or differences; {asked}", flush=True,
    )
    shown = itertools.islice(reports.items(), SHOWN_FILES)
    tally.check(f"the structure of {name}", [explain(path, said) for path, said in shown])
    return total - refused


def trees(source: sources.Source) -> dict[Path, str]:
    """What our tree of each file says: a digest, or where it has a fault."""
    listing = "".join(f"{path}\n" for path in source.files())
    done = subprocess.run([str(COMPARE)], input=listing, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode:
        raise RuntimeError(f"compare ended with status {done.returncode}: {done.stderr[-1000:]}")
    return {Path(path): said for path, said in (line.split("\t") for line in done.stdout.splitlines())}


def explain(path: Path, said: str) -> str:
    """A difference with the first lines that only one side has."""
    if said.startswith("fault"):
        return f"{path}: {said}"
    expected = verdicts.lines(path)
    shown = subprocess.run([str(COMPARE), "--lines", path], capture_output=True, text=True, encoding="utf-8", check=True)
    found = shown.stdout.splitlines()
    only_ast = [f"    ast:  {line}" for line in expected if line not in set(found)]
    only_tree = [f"    tree: {line}" for line in found if line not in set(expected)]
    return "\n".join([str(path), *only_ast[:SHOWN_LINES], *only_tree[:SHOWN_LINES]])
