"""tree-sitter's own tool: the generated files are those of the grammar, its corpus passes, and Neovim can load what it builds.

Owns the pinned version of the tool, which cargo builds once.
"""

import filecmp
import os
import shutil
import tempfile
from pathlib import Path

import tools
from sources import AREA, HERE, cache, neovim, node

GRAMMAR = HERE.parent.parent / "tree-sitter-relmodel"
VERSION = "0.27.1"
GENERATED = ["parser.c", "grammar.json", "node-types.json", "tree_sitter/alloc.h", "tree_sitter/array.h", "tree_sitter/parser.h"]

# `vim.treesitter.language.add` needs Neovim 0.9; the oldest one that the clients are tested with has it not.
NEOVIM = "sid"

# Where the tool and the editor are, once `prepare` has run, or why there is no editor.
installed = None
editor = None
no_editor = ""


def prepare() -> None:
    """Builds the tool without the JavaScript engine that it can carry, Node.js is at hand, and not optimised: it generates
    the parser in eight seconds, and the compiler would need longer for more than that."""
    def build(folder: Path) -> None:
        cargo = ["cargo", "install", "tree-sitter-cli", "--version", VERSION, "--no-default-features", "--locked", "--quiet"]
        target = {**os.environ, "CARGO_TARGET_DIR": str(folder / "target"), "CARGO_PROFILE_DEV_DEBUG": "0"}
        cache.run([*cargo, "--debug", "--root", folder], attempts=3, limit=1800, env=target)
        shutil.rmtree(folder / "target")

    global installed, editor, no_editor
    installed = cache.provide(f"tree-sitter-cli-{VERSION}", build, AREA)
    try:
        editor = cache.provide(f"neovim-{NEOVIM}", lambda folder: neovim.fetch(NEOVIM, folder)) / "nvim"
    except cache.Unavailable as reason:
        no_editor = str(reason)


def check(tally) -> None:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        env = {**node.environment(node.provide()), "XDG_CACHE_HOME": folder, "XDG_CONFIG_HOME": folder}
        tally.check("the generated files are the grammar's", generated(place, env))
        tally.check("tree-sitter test", tools.faults([program(), "test"], cwd=GRAMMAR, env=env))
        library = place / "relmodel.so"
        wrong = tools.faults([program(), "build", "--output", library], cwd=GRAMMAR, env=env)
        tally.check("tree-sitter build", wrong)
        if no_editor:
            tally.skip("Neovim loads the parser", no_editor)
        else:
            tally.check("Neovim loads the parser", wrong or neovim_faults(place, library))


def program() -> Path:
    return installed / "bin" / "tree-sitter"


def generated(place: Path, env) -> list[str]:
    """Generates the parser anew and compares it with the files of the clone."""
    copy = place / "generated"
    shutil.copytree(GRAMMAR, copy, ignore=shutil.ignore_patterns("src", "node_modules", "target"))
    wrong = tools.faults([program(), "generate"], cwd=copy, env=env)
    if wrong:
        return wrong
    same = [filecmp.cmp(GRAMMAR / "src" / name, copy / "src" / name, shallow=False) for name in GENERATED]
    return [f"src/{name} is not what `tree-sitter generate` makes" for name, equal in zip(GENERATED, same) if not equal]


def neovim_faults(place: Path, library: Path) -> list[str]:
    """Neovim uses the library as the README says."""
    home = place / "home"
    home.mkdir()
    env = {**os.environ, "HOME": str(home), "XDG_CONFIG_HOME": str(home), "XDG_DATA_HOME": str(home),
           "RELMODEL_LIBRARY": str(library), "RELMODEL_QUERIES": str(GRAMMAR / "queries")}
    command = [editor, "--headless", "-u", "NONE", "-n", "-i", "NONE", "-l", HERE / "neovim.lua"]
    return tools.faults(command, limit=120, cwd=home, env=env)
