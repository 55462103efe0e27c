"""The laws of the grammar over real files: half-typed code harms nothing else, and incremental trees are fresh trees.

Owns which files, and how many places and edits. The laws are `tests/half_typed` and `tests/incremental.rs` of the crate,
which try them on its own models; here they get files of packages.txt. `RELMODEL_PLACES` and `RELMODEL_EDITS` change how much
is tried.
"""

import os
import tempfile
from pathlib import Path

import sources
import tools
from sources import AREA, HERE, cache

REPOSITORY = HERE.parent.parent
PLACES = "45"
EDITS = "60000"
SLICES = 60


def prepare() -> None:
    sources.packages()


def check(tally) -> None:
    with tempfile.TemporaryDirectory() as folder:
        models = Path(folder) / "models.txt"
        models.write_text("".join(f"{path}\n" for path in model_files()), encoding="utf-8")
        chosen = {"RELMODEL_MODELS": str(models), "RELMODEL_PLACES": os.environ.get("RELMODEL_PLACES", PLACES)}
        tally.check("the half-typed law over real models", law("half_typed", chosen))
        slices = Path(folder) / "slices.txt"
        slices.write_text("".join(f"{path}\n" for path in slice_files()), encoding="utf-8")
        chosen = {"RELMODEL_SLICES": str(slices), "RELMODEL_EDITS": os.environ.get("RELMODEL_EDITS", EDITS)}
        tally.check("incremental trees of real files", law("incremental", chosen))


def model_files() -> list[Path]:
    lines = (HERE / "models.txt").read_text(encoding="utf-8").splitlines()
    return [cache.root(AREA) / line for line in lines if line and not line.startswith("#")]


def slice_files() -> list[Path]:
    """The model files, and others of all packages, the same ones each time."""
    others = [path for source in sources.packages() for path in source.files() if path.stat().st_size > 4000]
    return model_files() + others[:: len(others) // SLICES]


def law(test: str, chosen: dict[str, str]) -> list[str]:
    """Runs a test of the crate over files, and prints what it found."""
    command = ["cargo", "test", "--profile", "checked", "--quiet", "--package", "tree-sitter-relmodel", "--test", test]
    status, output = tools.run([*command, "--", "--nocapture"], limit=3600, cwd=REPOSITORY, env={**os.environ, **chosen})
    # Its own closing line would be counted twice.
    words = [line for line in output.splitlines() if line.strip() and not line.startswith(("test result:", "running "))]
    if status:
        return ["\n".join(words[-120:])]
    print("".join(f"     {line}\n" for line in words), end="", flush=True)
    return []
