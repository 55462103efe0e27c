"""The real tree: packages of the index with all that they need, as plain folders.

Owns which packages (`real.txt`, all of them pinned) and where in the tree a measurement works.
"""

import shutil
import subprocess
import sys
from pathlib import Path

from generate import Probe, found

PINS = Path(__file__).with_name("real.txt")

OPENED = "mlflow/store/tracking/dbmodels/models.py"


def workspace(folder: Path) -> tuple[Path, Probe]:
    """The root of the tree, installed if it is not there yet, and where to work in it."""
    root = folder / "real"
    marker = folder / "real.complete"
    if not marker.exists() or marker.read_text(encoding="utf-8") != PINS.read_text(encoding="utf-8"):
        shutil.rmtree(root, ignore_errors=True)
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "--no-deps", "--no-compile", "--target", str(root), "--requirement", str(PINS)], check=True)
        marker.write_text(PINS.read_text(encoding="utf-8"), encoding="utf-8")
    return root, probe_of((root / OPENED).read_text(encoding="utf-8"))


def probe_of(content: str) -> Probe:
    """The targets and keys of one file of models, in the style of SQLAlchemy 1.4."""
    classes = {name: line for line, _, name in found(content, r"^class (\w+)")}
    targets = [it for it in found(content, r'relationship\("(\w+)"') if it[2] in classes]
    definitions = [(line, column, OPENED, classes[name]) for line, column, name in targets]
    keys = [(line, column) for line, column, _ in found(content, r'ForeignKey\("([a-z])')]
    inside = next(line for line, _, _ in found(content, r"^    (\w+) = relationship\("))
    return Probe(OPENED, definitions, keys, inside, is_modern=False)
