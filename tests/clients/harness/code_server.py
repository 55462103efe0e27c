"""Owns VS Code as the tests run it: code-server, the same editor with its window in a browser."""

import shutil

from . import cache, node

VERSION = "4.139.1"
NAME = f"code-server-{VERSION}"


def provide(node_folder):
    """The program code-server, installed when it is missing."""
    folder = cache.provide(NAME, lambda target: fetch(node_folder, target))
    return folder / "node_modules" / ".bin" / "code-server"


def fetch(node_folder, folder):
    """Install code-server without running any package's scripts.

    Its native modules would take five minutes to compile. Without them there is no terminal and no native file
    watcher; the editor and its extension host do not need either.
    """
    (folder / "package.json").write_text('{"private": true}\n', encoding="utf-8")
    node.npm(node_folder, ["install", "--ignore-scripts", "--no-package-lock", f"code-server@{VERSION}"], folder)
    editor = folder / "node_modules" / "code-server" / "lib" / "vscode"
    for part in (editor, editor / "extensions"):
        node.npm(node_folder, ["install", "--omit=dev", "--ignore-scripts", "--no-package-lock"], part)
        # npm keeps a copy of the tree's description that nothing reads again.
        shutil.rmtree(part / "node_modules" / ".cache", ignore_errors=True)
