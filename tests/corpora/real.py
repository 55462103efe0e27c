"""Real projects from the package index, resolved by SQLAlchemy and by relmodel, and compared fact by fact.

SQLAlchemy's side is what the projects' own mappers hold after `configure_mappers()`. It is recorded in `truth/`, so that the
fast run needs no more than the sources that relmodel reads; `--all` imports every project and asks its mappers anew. The
projects work, so every error that `relmodel check` reports on them is false.

    python3 tests/corpora/real.py [PROJECT…]      against the recorded truth
        --all           in the projects' whole environments, against truth made now
        --record        as --all, and writes the truth to `truth/`
        --held-back     the held-back projects alone; else they are left out
        --verbose       every difference; else the first of each kind

Owns the order of things and what must hold; `projects.py` has the recipes, `compare.py` counts.
"""

import gzip
import json
import os
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "oracle"))

import oracle  # noqa: E402  (the oracle's folder is on the path only now)
import server  # noqa: E402
from compare import FACTS, Score, compare  # noqa: E402
from projects import Project, projects  # noqa: E402
from tally import Tally  # noqa: E402

SHOWN = 12

# What must hold over all projects, in percent.
FOUND = 99.0
RIGHT = 99.5

COLUMNS = ["relationships", "found", *FACTS, "right", "extra", "errors", "classes", "classes seen", "columns",
           "columns right", "extra columns", "foreign keys", "foreign keys right"]


def main() -> None:
    tally = Tally()
    wanted = [argument for argument in sys.argv[1:] if not argument.startswith("-")]
    held_back = "--held-back" in sys.argv
    chosen = [each for each in projects() if each.name in wanted or (not wanted and each.held_back == held_back)]
    rows = {}
    for project in chosen:
        rows[project.name] = measure(project, tally)
    groups = {"tuned": [], "held back": []}
    for project in chosen:
        groups["held back" if project.held_back else "tuned"].append(rows[project.name])
    sums = {name: total(scores) for name, scores in groups.items() if scores}
    print_table(rows | sums)
    if not wanted:
        for name, score in sums.items():
            found, right = score.share("found", "relationships"), min(score.share(fact, "found") for fact in FACTS)
            tally.check(f"{name}: {found:.2f} % of the relationships found", [f"at least {FOUND} %"] if found < FOUND else [])
            tally.check(f"{name}: {right:.2f} % right in each fact", [f"at least {RIGHT} %"] if right < RIGHT else [])
    tally.close()


def measure(project: Project, tally: Tally) -> Score:
    """Puts one project to both and scores it."""
    is_full = "--all" in sys.argv or "--record" in sys.argv
    site = project.full() if is_full else project.read_only()
    truth = fresh(project, site) if is_full else recorded(project)
    if "--record" in sys.argv:
        record(project, truth)
    if "--sqlalchemy-only" in sys.argv:
        return Score()
    folders = project.folders(site)
    started = time.perf_counter()
    errors = [each for each in server.run("check", *folders)["findings"] if each["severity"] == "error"]
    took = time.perf_counter() - started
    ours = server.run("inspect", *folders)
    for each in ours["relationships"]:
        each["module"] = module_of(Path(each["path"]), site)
    score = compare(truth, ours)
    score.counts["errors"] = len(errors)
    score.counts["check ms"] = round(took * 1000)
    show(project.name, score, errors)
    tally.check(f"{project.name}: no false error", [_finding(each) for each in errors][:SHOWN])
    tally.check(f"{project.name}: nothing extra", score.extra[:SHOWN])
    return score


def module_of(path: Path, site: Path) -> str:
    """The dotted name of an installed file."""
    return ".".join(path.relative_to(site).with_suffix("").parts).removesuffix(".__init__")


def fresh(project: Project, site: Path) -> dict:
    """What the project's mappers hold now. It must configure; its tables need not suit our dialect."""
    with tempfile.TemporaryDirectory(prefix="relmodel-") as home:
        env = {name: value.replace("{tmp}", home) for name, value in project.env.items()}
        judge = oracle.Oracle(site.parents[2] / "bin" / "python", env | {"HOME": home, "TMPDIR": home})
        more = {"below": list(project.packages), "skip": list(project.skip), "prelude": project.prelude}
        verdict = judge.judge(site, list(project.modules), **more)
        judge.close()
    if not verdict["facts"]:
        raise SystemExit(f"{project.name} does not configure: {verdict['error']}")
    facts = verdict["facts"]
    return {"modules": verdict["modules"], "classes": facts["classes"], "relationships": facts["relationships"]}


def recorded(project: Project) -> dict:
    """What the project's mappers held when they were last asked."""
    return json.loads(gzip.decompress(project.recorded.read_bytes()))


def record(project: Project, truth: dict) -> None:
    """Keeps the truth for the fast run; the same truth gives the same bytes."""
    project.recorded.parent.mkdir(exist_ok=True)
    text = json.dumps(truth, separators=(",", ":"), sort_keys=True)
    project.recorded.write_bytes(gzip.compress(text.encode(), mtime=0))


def show(name: str, score: Score, errors: list[dict]) -> None:
    """What is not as it should be, each kind under a heading."""
    groups = {"lost": score.lost, "wrong": score.wrong, "extra": score.extra, "shape": score.shape,
              "errors": [_finding(each) for each in errors]}
    for kind, lines in groups.items():
        shown = lines if "--verbose" in sys.argv else lines[:SHOWN]
        for line in shown:
            print(f"{name} {kind}: {line}")
        if len(lines) > len(shown):
            print(f"{name} {kind}: … and {len(lines) - len(shown)} more (--verbose)")


def _finding(each: dict) -> str:
    start = each["range"]["start"]
    return f"{os.path.relpath(each['path'])}:{start['line']}: {each['code']}: {each['message']}"


def total(scores: list[Score]) -> Score:
    """The sum of some scores."""
    result = Score()
    for each in scores:
        result += each
    return result


def print_table(rows: dict[str, Score]) -> None:
    """One line for each project, one column for each count."""
    heads = {"local_remote_pairs": "pairs", "from_backref": "backref", "relationships": "rels", "classes seen": "seen",
             "columns right": "right", "extra columns": "extra", "foreign keys": "fkeys", "foreign keys right": "right"}
    print(f"\n{'':13}" + "".join(f"{heads.get(name, name):>10}" for name in [*COLUMNS, "check ms"]))
    for row, score in rows.items():
        print(f"{row:13}" + "".join(f"{score.counts[name]:>10}" for name in [*COLUMNS, "check ms"]))


if __name__ == "__main__":
    main()
