"""Real projects from the package index, resolved by SQLAlchemy and by relmodel, and compared fact by fact.

Each project is installed at a pinned version into an environment of its own. SQLAlchemy imports its models and configures
the mappers; `relmodel check` and `relmodel inspect` read the installed package. The projects work, so every error that
`check` reports is false. A relationship that `inspect` lacks or has otherwise than the mappers is a failure.

    python3 tests/corpora/real.py [PROJECT…]     --verbose prints every difference
"""

import sys
import time
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "oracle"))

import facts  # noqa: E402  (the oracle's folder is on the path only now)
import oracle  # noqa: E402
import server  # noqa: E402
import venvs  # noqa: E402
from tally import Tally  # noqa: E402

SHOWN = 20


@dataclass(frozen=True)
class Project:
    """A package, how to install it, and the modules that hold its models."""

    package: str
    requirements: tuple[str, ...]
    modules: tuple[str, ...]


SQLALCHEMY = "SQLAlchemy==2.1.9"

PROJECTS = [
    Project("optuna", ("optuna==5.0.0", SQLALCHEMY), ("optuna.storages._rdb.models",)),
    Project(
        "mlflow",
        ("mlflow-skinny==3.17.2", SQLALCHEMY, "alembic", "flask", "flask-wtf", "flask-cors", "aiohttp"),
        ("mlflow.store.tracking.dbmodels.models", "mlflow.store.model_registry.dbmodels.models"),
    ),
]


def main() -> None:
    tally = Tally()
    wanted = [argument for argument in sys.argv[1:] if not argument.startswith("-")]
    rows = []
    for project in PROJECTS:
        if not wanted or project.package in wanted:
            rows.append(measure(project, tally))
    print_table(rows)
    tally.close()


def measure(project: Project, tally: Tally) -> dict:
    """Puts one project to both, scores it, and returns its row of the table."""
    interpreter = venvs.environment(f"project-{project.package}", list(project.requirements))
    folder = next((interpreter.parents[1] / "lib").glob("python*/site-packages"))
    true = truth(project, interpreter, folder)
    if "--sqlalchemy-only" in sys.argv:
        return {"project": project.package, **{name: len(each) for name, each in true.items()}}
    started = time.perf_counter()
    errors = [each for each in server.findings(folder / project.package) if each.severity == "error"]
    milliseconds = (time.perf_counter() - started) * 1000
    ours = server.run("inspect", folder / project.package)
    tally.check(f"{project.package}: no false error", shortened([str(each) for each in errors]))
    # Migrations and optional parts hold models too; SQLAlchemy knows only what was imported, so more than it knows is no fault.
    known = {each["class"] for each in true["classes"]}
    ours = ours | {name: [each for each in ours[name] if each["class"] in known] for name in ("classes", "relationships")}
    relationships, classes = facts.Comparison(), facts.Comparison()
    facts.relationships(relationships, true, ours)
    facts.classes(classes, true, ours)
    tally.check(f"{project.package}: {len(true['relationships'])} relationships", shortened(relationships.faults))
    tally.check(f"{project.package}: {len(true['classes'])} classes and their columns", shortened(classes.faults))
    right = {name: f"{part.right[name]}/{part.total[name]}" for part in (relationships, classes) for name in part.total}
    return {"project": project.package, "errors": len(errors), "check ms": round(milliseconds), **right}


def truth(project: Project, interpreter: Path, folder: Path) -> dict:
    """What the project's mappers hold. The project must configure; its tables need not suit our dialect."""
    judge = oracle.Oracle(interpreter)
    verdict = judge.judge(folder, list(project.modules), below=project.package)
    judge.close()
    if not verdict["facts"]:
        raise SystemExit(f"{project.package} does not configure: {verdict['error']}")
    return verdict["facts"]


def shortened(faults: list[str]) -> list[str]:
    """The first faults and the number of the others."""
    if "--verbose" in sys.argv or len(faults) <= SHOWN:
        return faults
    return [*faults[:SHOWN], f"… and {len(faults) - SHOWN} more (--verbose)"]


def print_table(rows: list[dict]) -> None:
    """One line for each fact, one column for each project: right of total."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    for name in names:
        print(f"{name:20}" + "".join(f"{str(row.get(name, '')):>14}" for row in rows))


if __name__ == "__main__":
    main()
