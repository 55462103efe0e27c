"""Whether the benchmark itself works, on a workspace so small that it belongs to every test run.

Owns what must hold of the generator and the driver; figures are for `run`.

    python3 tests/bench/smoke.py
"""

import subprocess
import sys
import tempfile
from pathlib import Path

import generate
import measure
import servers
from plan import Shape, plan

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "oracle"))

from tally import Tally  # noqa: E402  (the oracle's folder is on the path only now)

SMALL = Shape(models=60, files=4, noise=6, seed=7)

CONFIGURE = """
import importlib, pathlib, sys
sys.path.insert(0, sys.argv[1])
for path in sorted(pathlib.Path(sys.argv[1], "app").rglob("*.py")):
    importlib.import_module(".".join(path.relative_to(sys.argv[1]).with_suffix("").parts))
from sqlalchemy.orm import configure_mappers
from app.base import Base
configure_mappers()
print(len(list(Base.registry.mappers)))
"""


def main() -> None:
    tally = Tally()
    first, second = (dict(generate.contents_of(SMALL, plan(SMALL))) for _ in range(2))
    tally.check("the same seed gives the same workspace", [] if first == second else ["two runs differ"])
    other = Shape(SMALL.models, SMALL.files, SMALL.noise, SMALL.seed + 1)
    is_same = dict(generate.contents_of(other, plan(other))) == first
    tally.check("another seed gives another one", ["it gives the same"] if is_same else [])
    with tempfile.TemporaryDirectory(prefix="relmodel-bench-") as folder:
        root, probe = generate.workspace(Path(folder).resolve(), SMALL)
        python = servers.venvs.sqlalchemy("2.0")
        done = subprocess.run([python, "-c", CONFIGURE, str(root)], capture_output=True, text=True, check=False)
        is_good = done.stdout.strip() == str(SMALL.models)
        tally.check("SQLAlchemy configures it", [] if is_good else [done.stdout + done.stderr[-400:]])
        figures = measure.session(servers.relmodel(), root, probe) | measure.check(servers.relmodel(), root)
    for wanted in ("start to first right definition", "memory later", "keystroke to finding, class, p95",
                   "keystroke to finding, key, p95", "definition, p95", "completion of a class, p95",
                   "completion of a key, p95", "check"):
        tally.check(f"there is a figure for: {wanted}", [] if figures.get(wanted, 0) > 0 else [f"there are: {figures}"])
    tally.close()


if __name__ == "__main__":
    main()
