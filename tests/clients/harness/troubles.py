"""Owns the unusual workspaces and the wrong programs that editors are tried with."""

import functools
import importlib
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


@functools.cache
def folders(run):
    """A folder with the workspaces `empty`, `link` and `large`, and the programs `other/relmodel` and `old/relmodel`."""
    home = run.folder / "troubles"
    fixture = workbench.REPOSITORY / "tests" / "clients" / "workspace"
    (home / "empty").mkdir(parents=True)
    (home / "empty" / "pyproject.toml").write_text("[project]\nname = 'empty'\nversion = '1'\n", encoding="utf-8")
    shutil.copytree(fixture, home / "real")
    (home / "link").symlink_to(home / "real", target_is_directory=True)
    large(home / "large")
    shutil.copytree(fixture / "shop", home / "large" / "shop")
    program(home / "other" / "relmodel", OTHER)
    program(home / "old" / "relmodel", OLD.format(python=sys.executable, binary=run.binary))
    return home


def large(folder):
    """Write the large workspace, as the benchmark makes it."""
    sys.path.insert(0, str(workbench.REPOSITORY / "tests" / "bench"))
    generate, plan = importlib.import_module("generate"), importlib.import_module("plan")
    shape = plan.Shape(**SHAPE)
    generate.write(folder, dict(generate.contents_of(shape, plan.plan(shape))))


def program(path, script):
    """Write a small program."""
    path.parent.mkdir()
    path.write_text(script, encoding="utf-8")
    path.chmod(0o755)
