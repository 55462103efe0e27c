"""Owns the places that one run works in: the server's binary, and for each editor a fresh home and workspace.

Everything is under one temporary folder, so that runs do not meet and the clone stays as it is.
"""

import contextlib
import dataclasses
import os
import pathlib
import shutil
import tempfile

REPOSITORY = pathlib.Path(__file__).resolve().parents[3]


@dataclasses.dataclass(frozen=True)
class Place:
    """What one editor under test may write to."""

    home: pathlib.Path
    workspace: pathlib.Path


@dataclasses.dataclass(frozen=True)
class Workbench:
    """One run: the binary under test, and where it works."""

    folder: pathlib.Path
    binary: pathlib.Path
    repository: pathlib.Path = REPOSITORY

    @property
    def bin(self):
        """A folder for PATH that holds nothing but `relmodel`, the binary under test."""
        folder = self.folder / "bin"
        if not folder.exists():
            folder.mkdir()
            (folder / "relmodel").symlink_to(self.binary)
        return folder

    def place(self, name):
        """A fresh home and a fresh copy of the fixture workspace."""
        base = self.folder / name
        (base / "home").mkdir(parents=True)
        shutil.copytree(REPOSITORY / "tests" / "clients" / "workspace", base / "workspace")
        return Place(home=base / "home", workspace=base / "workspace")


def binary():
    """The server's binary: `RELMODEL_BINARY`, or the release build of this clone."""
    named = os.environ.get("RELMODEL_BINARY")
    return pathlib.Path(named).absolute() if named else REPOSITORY / "target" / "release" / "relmodel"


@contextlib.contextmanager
def opened():
    """A workbench that is cleared away at the end."""
    with tempfile.TemporaryDirectory(prefix="relmodel-clients-", ignore_cleanup_errors=True) as folder:
        yield Workbench(folder=pathlib.Path(folder).resolve(), binary=binary())
