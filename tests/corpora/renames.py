"""Symbols of real projects renamed, and the projects imported again by SQLAlchemy.

The symbols are found as in `oracle/renames.py`: mapped classes, their attributes, tables, columns and backrefs, chosen by a seed.
Each is called by a fresh name through the server; the project is imported with the changed files, and has to configure with
the same facts but for the name. Edits that ask whether a name is meant are made only where the rename would be wrong without
them, and counted as confirmed: there a user has to look.

    python3 tests/corpora/renames.py [PROJECT…]     200 symbols over eight projects, or 25 of each that is named
        --number N      so many symbols of each project
        --seed N        other symbols
        --verbose       each refusal

Owns the choice and the table; needs the projects' whole environments.
"""

import importlib.util
import random
import re
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "oracle"), str(HERE.parent / "protocol")]

import bench  # noqa: E402  (the folders are on the path only now)
import oracle  # noqa: E402
from client import ServerError  # noqa: E402
from mutants import model_files  # noqa: E402
from projects import Project, projects  # noqa: E402
from real import module_of  # noqa: E402
from tally import Tally, attempt  # noqa: E402

SEED = 6
PROJECTS = ["amundsen", "dstack", "fief", "jupyterhub", "mailman", "optuna", "quetz", "timesketch"]
NUMBER = 25
SHOWN = 5


def suite():
    """The suite of renames beside the oracle, which has this file's own name."""
    found = importlib.util.spec_from_file_location("oracle_renames", HERE.parent / "oracle" / "renames.py")
    module = importlib.util.module_from_spec(found)
    sys.modules["oracle_renames"] = module
    found.loader.exec_module(module)
    return module


renames = suite()


def main() -> None:
    tally = Tally()
    arguments = sys.argv[1:]
    number = int(option("--number", NUMBER))
    wanted = [each for each in arguments if not each.startswith("-") and not each.isdigit()] or PROJECTS
    rows = {}
    for project in (each for each in projects() if each.name in wanted):
        started = time.monotonic()
        rows[project.name] = (Counter(), Counter())
        run(project, number, tally, *rows[project.name])
        print(f"{project.name}: {time.monotonic() - started:.0f} s", flush=True)
    print_table(rows)
    tally.close()


def option(name: str, default):
    """The word behind an option."""
    return sys.argv[sys.argv.index(name) + 1] if name in sys.argv else default


def run(project: Project, number: int, tally: Tally, counts: Counter, reasons: Counter) -> None:
    """The chosen symbols of a project."""
    site = project.full()
    paths = [path for folder in project.folders(site) for path in sorted(folder.rglob("*.py"))]
    files = {str(path.relative_to(site)): path.read_bytes().decode("utf-8", "replace") for path in paths}
    job = {"below": list(project.packages), "skip": list(project.skip), "prelude": project.prelude}
    with tempfile.TemporaryDirectory(prefix="relmodel-") as home:
        env = {name: value.replace("{tmp}", home) for name, value in project.env.items()}
        judge = oracle.Oracle(site.parents[2] / "bin" / "python", env | {"HOME": home, "TMPDIR": home})
        session = bench.Session(site)
        try:
            base = judge.judge(site, list(project.modules), **job)
            # A prelude imports the project itself, which each rename has to do anew.
            if not project.prelude:
                judge.judge(site, [], preload=base["others"], **job)
                # What others warn of when they are imported is not heard any more.
                base = judge.judge(site, list(project.modules), **job)
            session.initialize(renames.able(), folders=project.folders(site))
            chosen = choose(project, site, files, base["facts"], number)

            def verdict(after: dict[str, str]) -> dict:
                empty(Path(home))
                changed = {str(site / path): text for path, text in after.items() if text != files[path]}
                return judge.judge(site, list(project.modules), overlay=changed, **job)

            for symbol in chosen:
                faults = attempt(rename, session, files, symbol, base, verdict, counts, reasons)
                tally.check(f"{project.name}: {symbol}", faults)
        finally:
            session.close()
            judge.close()


def empty(folder: Path) -> None:
    """Takes away what an import has left in its home, such as a database with the names of then."""
    for each in folder.iterdir():
        shutil.rmtree(each) if each.is_dir() else each.unlink()


def choose(project: Project, site: Path, files: dict[str, str], facts: dict, number: int) -> list:
    """Some of a project's symbols, by the seed."""
    keys = {each["class"]: {column["key"] for column in each["columns"]} for each in facts["classes"]}
    for each in facts["relationships"]:
        keys[each["class"]].add(each["key"])
    backrefs = {each["key"] for each in facts["relationships"] if each["from_backref"]}
    tables = {each["name"].rpartition(".")[2]: {column["name"] for column in each["columns"]} for each in facts["tables"]}
    found = []
    for path in sorted(model_files(project, site)):
        name = str(path.relative_to(site))
        found += renames.Finder(name, module_of(path, site), files[name], keys, backrefs, tables).found
    return random.Random(f"{option('--seed', SEED)} {project.name}").sample(found, min(number, len(found)))


def rename(session, files: dict[str, str], symbol, base: dict, verdict, counts: Counter, reasons: Counter) -> list[str]:
    """One rename, judged."""
    counts[symbol.kind, "asked"] += 1
    fresh = renames.FRESH[symbol.kind]
    try:
        edit = session.request("textDocument/rename", session.at(symbol.path, symbol.line, symbol.column) | {"newName": fresh})
    except ServerError as refusal:
        counts[symbol.kind, "refused"] += 1
        reasons[kind_of(str(refusal))] += 1
        if "--verbose" in sys.argv:
            print(f"refused {symbol}: {refusal}", flush=True)
        return []
    counts[symbol.kind, "wrong"] += 1
    if edit is None:
        return ["it is no symbol to the server"]
    after = renames.applied(session, files, edit)
    if after == files:
        return ["nothing is changed"]
    faults, outcome = faults_of(symbol, base, verdict(after)), "right"
    confirmed = renames.applied(session, files, edit, confirmed=True)
    if faults and confirmed != after and not faults_of(symbol, base, verdict(confirmed)):
        faults, outcome = [], "confirmed"
    if not faults:
        counts[symbol.kind, "wrong"] -= 1
        counts[symbol.kind, outcome] += 1
    return faults[:SHOWN]


def faults_of(symbol, base: dict, answer: dict) -> list[str]:
    """What is otherwise than before, but for the name."""
    if answer["error"] and answer["error"] == base["error"]:
        answer["error"] = None
    # What could not be imported before need not be now.
    faults = [why for module, why in answer["failed"].items() if module not in base["failed"]]
    return faults or renames.compare(symbol, renames.FRESH[symbol.kind], base, answer)


def kind_of(refusal: str) -> str:
    """A reason without the names in it."""
    parts = refusal.split(" ", 1)[1].split("`")
    return re.sub(r", in line \d+$", "", "…".join(parts[::2]).strip())


def print_table(rows: dict) -> None:
    """One line for each project and kind, and the reasons of refusals."""
    columns = ["asked", "right", "confirmed", "refused", "wrong"]
    print(f"\n{'':13}{'':11}" + "".join(f"{name:>10}" for name in columns))
    total = sum((counts for counts, _ in rows.values()), Counter())
    for name, counts in [*((name, counts) for name, (counts, _) in rows.items()), ("all", total)]:
        for kind in (each for each in renames.FRESH if counts[each, "asked"]):
            print(f"{name:13}{kind:11}" + "".join(f"{counts[kind, each]:>10}" for each in columns))
    print(f"{'':13}{'':11}" + "".join(f"{sum(total[kind, each] for kind in renames.FRESH):>10}" for each in columns))
    for reason, number in sum((reasons for _, reasons in rows.values()), Counter()).most_common():
        print(f"refused {number:>3}: {reason}")


if __name__ == "__main__":
    main()
