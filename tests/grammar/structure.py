"""Trees against CPython's `ast`, over tens of thousands of real files: no fault, and the same structure in every file.

Owns which sources are compared and how a difference is told. How trees and `ast` are put into the same words is
`tree-sitter-relmodel/tests/common`.
"""

import subprocess
from pathlib import Path

import sources
import tools
import variants
import verdicts
from sources import cache

COMPARE = verdicts.REPOSITORY / "target" / "release" / "examples" / "compare"
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
    build = ["cargo", "build", "--release", "--quiet", "--package", "tree-sitter-relmodel", "--example", "compare"]
    wrong = tools.faults(build, cwd=verdicts.REPOSITORY)
    if wrong:
        tally.check("the comparing program", wrong)
        return
    packages = sources.packages()
    compared = compare_group(tally, f"{len(packages)} packages", packages)
    if compared < MINIMUM_FILES:
        tally.check("enough files of packages", [f"{compared} files instead of {MINIMUM_FILES}"])
    compare_group(tally, "the standard library", [sources.library()])
    for source, change in zip(variants.dressed(), variants.VARIANTS):
        compare_group(tally, f"the library with {change.__name__.replace('_', ' ')}", [source])
    if missing:
        tally.skip("the structure of CPython's own tests", missing)
    else:
        compare_group(tally, "CPython's own tests", [sources.cpython_tests()])


def compare_group(tally, name: str, group: list[sources.Source]) -> int:
    """Compares every file of some sources that CPython accepts. Gives their number."""
    table = {path: verdict for part in verdicts.tables(group).values() for path, verdict in part.items()}
    accepted = {path: verdict for path, verdict in table.items() if not verdict.startswith("refused: ")}
    found = compare(accepted)
    refused = len(table) - len(accepted)
    print(f"     {name}: {found[-1]}; CPython {verdicts.version()} refuses {refused} more", flush=True)
    tally.check(f"the structure of {name}", [explain(line) for line in found[:SHOWN_FILES] if "\t" in line])
    return len(accepted)


def compare(accepted: dict[Path, str]) -> list[str]:
    """The differing files, and as the last line the sums."""
    listing = "".join(f"{path}\t{verdict}\n" for path, verdict in accepted.items())
    done = subprocess.run([str(COMPARE)], input=listing, capture_output=True, text=True, encoding="utf-8", check=False)
    lines = done.stdout.splitlines()
    if done.returncode not in (0, 1) or not lines or "\t" in lines[-1]:
        raise RuntimeError(f"compare ended with status {done.returncode}: {done.stderr[-1000:]}")
    return lines


def explain(report: str) -> str:
    """A difference with the first lines that only one side has."""
    kind, place = report.split("\t")
    if kind == "fault":
        return report
    expected = verdicts.lines(Path(place))
    shown = subprocess.run([str(COMPARE), "--lines", place], capture_output=True, text=True, encoding="utf-8", check=True)
    found = shown.stdout.splitlines()
    only_ast = [f"    ast:  {line}" for line in expected if line not in set(found)]
    only_tree = [f"    tree: {line}" for line in found if line not in set(expected)]
    return "\n".join([report, *only_ast[:SHOWN_LINES], *only_tree[:SHOWN_LINES]])
