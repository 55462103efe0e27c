"""Owns the unusual workspaces and the wrong programs that editors are tried with."""

import functools
import importlib
import json
import shutil
import sys

from . import workbench

# With the three files of the fixture it is a workspace of 13,000 files.
SHAPE = {"models": 4000, "files": 1000, "noise": 11_990}
OLD = """\
#!{python}
# A server from before the request `relmodel/status`: the name of the method is changed on its way.
import os, subprocess, sys

served = subprocess.Popen(["{binary}", *sys.argv[1:]], stdin=subprocess.PIPE)
while chunk := os.read(0, 1 << 16):
    # Neovim 0.7 writes a backslash before the slash.
    for name in (b"relmodel/status", b"relmodel\\\\/status"):
        chunk = chunk.replace(name, name[:-1] + b"z")
    served.stdin.write(chunk)
    served.stdin.flush()
served.stdin.close()
sys.exit(served.wait())
"""
OTHER = """\
#!/bin/sh
echo "Python 3.12.1"
exit 0
"""
# Tells that it was started, and is relmodel all the same.
CHOSEN = """\
#!/bin/sh
echo started >> "$0.started"
exec "{binary}" "$@"
"""


@functools.cache
def folders(run):
    """A folder with the workspaces `empty`, `bare`, `link`, `large`, `pair` and `stranger`, and with programs.

    The programs are `other/relmodel`, `old/relmodel` and `stranger/relmodel`.
    """
    home = run.folder / "troubles"
    fixture = workbench.REPOSITORY / "tests" / "clients" / "workspace"
    (home / "empty").mkdir(parents=True)
    (home / "empty" / "pyproject.toml").write_text("[project]\nname = 'empty'\nversion = '1'\n", encoding="utf-8")
    (home / "bare").mkdir()
    shutil.copytree(fixture, home / "real")
    (home / "link").symlink_to(home / "real", target_is_directory=True)
    large(home / "large")
    shutil.copytree(fixture / "shop", home / "large" / "shop")
    pair(home / "pair", fixture)
    stranger(home / "stranger", fixture, run.binary)
    program(home / "other" / "relmodel", OTHER)
    program(home / "old" / "relmodel", OLD.format(python=sys.executable, binary=run.binary))
    return home


def large(folder):
    """Write the large workspace, as the benchmark makes it."""
    sys.path.insert(0, str(workbench.REPOSITORY / "tests" / "bench"))
    generate, plan = importlib.import_module("generate"), importlib.import_module("plan")
    shape = plan.Shape(**SHAPE)
    generate.write(folder, dict(generate.contents_of(shape, plan.plan(shape))))


def pair(folder, fixture):
    """Two projects with the same names, `one` with the mistake and `two` without, and the workspace of both."""
    for name in ("one", "two"):
        shutil.copytree(fixture, folder / name)
    child = folder / "two" / "shop" / "child.py"
    child.write_text(child.read_text(encoding="utf-8").replace("childrn", "offspring"), encoding="utf-8")
    parent = folder / "two" / "shop" / "parent.py"
    parent.write_text(parent.read_text(encoding="utf-8").replace("children", "offspring"), encoding="utf-8")
    folders = {"folders": [{"path": "one"}, {"path": "two"}]}
    (folder / "pair.code-workspace").write_text(json.dumps(folders), encoding="utf-8")


def stranger(folder, fixture, binary):
    """A project whose own settings name the program to start, which is for those who trust it only."""
    shutil.copytree(fixture, folder)
    program(folder / "relmodel", CHOSEN.format(binary=binary))
    (folder / ".vscode").mkdir()
    settings = {"relmodel.path": str(folder / "relmodel")}
    (folder / ".vscode" / "settings.json").write_text(json.dumps(settings), encoding="utf-8")


def program(path, script):
    """Write a small program."""
    path.parent.mkdir(exist_ok=True)
    path.write_text(script, encoding="utf-8")
    path.chmod(0o755)
