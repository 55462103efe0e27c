"""Owns the browser that shows VS Code: Chromium, the host's own or installed from Debian."""

import os
import pathlib
import shutil

from . import debian

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def provide():
    """The path of a Chromium, installed by apt when there is none."""
    found = find()
    if not found:
        # Text needs a font; Chromium only recommends one.
        debian.install(["chromium", "fonts-dejavu-core"])
        found = find()
    return found


def find():
    """The browser that `RELMODEL_CHROMIUM` names, or else the first on PATH."""
    chosen = os.environ.get("RELMODEL_CHROMIUM")
    paths = [chosen] if chosen else [shutil.which(name) for name in NAMES]
    return next((pathlib.Path(path) for path in paths if path), None)
