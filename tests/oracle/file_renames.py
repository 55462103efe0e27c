"""Files and folders of the scenarios and cases renamed or moved, and the programs put to real SQLAlchemy.

The server is told as an editor tells it, the edits are made, the files are moved, and SQLAlchemy has to configure the program as
before, in every version that it is about, with the same facts but for the name of the module. Programs of one file are left to
those that name their module in a string.

    python3 tests/oracle/file_renames.py [PART-OF-A-NAME…]    `-v` shows each edit
"""

import re
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import PurePosixPath

import oracle
import pages
import renames
from programs import Program
from renames import bench
from tally import Tally, attempt

FRESH = "fresh_module"
FOLDER = "deeper"


def main() -> None:
    tally = Tally()
    wanted = [argument for argument in sys.argv[1:] if not argument.startswith("-")]
    counts: Counter = Counter()
    started = time.monotonic()
    with oracle.judges() as judges, ThreadPoolExecutor(len(judges)) as pool:
        for program in renames.programs():
            if moves(program) and (not wanted or any(part in program.name for part in wanted)):
                run(program, judges, pool, tally, counts)
    print(", ".join(f"{number} {what}" for what, number in sorted(counts.items())), f"in {time.monotonic() - started:.0f} s")
    tally.close()


def moves(program: Program) -> list[tuple[str, str]]:
    """What is moved where: each file gets another name and each is moved to another folder, each folder gets another name."""
    found = []
    paths = [PurePosixPath(path) for path in program.files]
    texts = "".join(program.files.values())
    for path in paths:
        if path.name != "__init__.py" and (len(paths) > 1 or f"{path.stem}." in texts):
            found += [(str(path), str(path.with_name(f"{FRESH}.py"))), (str(path), str(path.parent / FOLDER / path.name))]
    folders = {folder for path in paths for folder in path.parents if folder.name}
    return found + [(str(folder), str(folder.with_name(FRESH))) for folder in sorted(folders)]


def run(program: Program, judges: dict, pool, tally: Tally, counts: Counter) -> None:
    """Every move of a program."""
    verdicts = pool.map(lambda it: renames.judge(judges[it], program, program.files), program.versions)
    before = {version: verdict for version, verdict in zip(program.versions, verdicts) if not verdict["error"]}
    program.versions = [version for version in before if before[version]["facts"]["classes"]]
    if not program.versions:
        return
    with oracle.workspace(program.files | pages.settings(program.versions[-1])) as root:
        session = bench.Session(root.resolve())
        try:
            session.initialize(able())
            for old, new in moves(program):
                faults = attempt(move, session, program, (old, new), before, judges, pool, counts)
                tally.check(f"{program.name}: {old} to {new}", faults)
        finally:
            session.close()


def able() -> dict:
    """A client that asks before it renames files."""
    res = renames.able()
    res["workspace"] = res["workspace"] | {"fileOperations": {"willRename": True, "didRename": True}}
    return res


def move(session, program: Program, paths: tuple[str, str], before: dict, judges: dict, pool, counts: Counter) -> list[str]:
    """One move, judged."""
    old, new = paths
    files = [{"oldUri": session.uri(old), "newUri": session.uri(new)}]
    edit = session.request("workspace/willRenameFiles", {"files": files})
    after = renames.applied(session, program.files, edit) if edit else dict(program.files)
    changed = renames.difference(program.files, after)
    if "-v" in sys.argv:
        print(f"{program.name}: {old} to {new}", *changed, sep="\n")
    moved = {re.sub(rf"^{re.escape(old)}(?=/|$)", new, path): text for path, text in after.items()}
    there = Program(program.name, moved, program.versions, [renamed(module, old, new) for module in program.modules])
    verdicts = pool.map(lambda it: renames.judge(judges[it], there, moved), program.versions)
    faults = []
    for version, verdict in zip(program.versions, verdicts):
        faults += [f"SQLAlchemy {version}: {each}" for each in compare(before[version], verdict, dotted(new), dotted(old))]
    counts["wrong" if faults else "right, with edits" if edit else "right without edits"] += 1
    return faults + changed if faults else []


def dotted(path: str) -> str:
    """A path as the name of a module."""
    return path.removesuffix(".py").replace("/", ".")


def renamed(module: str, old: str, new: str) -> str:
    """What a module is called after a move."""
    return re.sub(rf"^{re.escape(dotted(old))}(?=\.|$)", dotted(new), module)


def compare(before: dict, after: dict, fresh: str, name: str) -> list[str]:
    """How the facts differ but for the name of the module."""
    if after["error"]:
        return [f"{after['error']['class']}: {after['error']['message']}"]
    old, new = renames.canonical(before, name, name), renames.canonical(after, fresh, name)
    faults = []
    for key in old:
        faults += [f"no longer: {each}" for each in old[key] if each not in new[key]]
        faults += [f"now: {each}" for each in new[key] if each not in old[key]]
    return faults[:6]


if __name__ == "__main__":
    main()
