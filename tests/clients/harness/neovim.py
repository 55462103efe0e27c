"""Owns Neovim: which versions are tested, where they come from, and how the checks in `nvim/` are started."""

import os
import pathlib
import shutil

from . import cache, debian, troubles

CHECKS = pathlib.Path(__file__).resolve().parent.parent / "nvim"
# The oldest supported version, as Debian 12 ships it, and the newest, as Debian's sid has it.
SUITES = ("bookworm", "sid")
LIMIT_SECONDS = 900


def prepare(report):
    """Install what is missing. Give the programs to test, by name."""
    programs = {}
    for suite in SUITES:
        try:
            folder = cache.provide(f"neovim-{suite}", lambda target, suite=suite: fetch(suite, target))
            programs[f"nvim of {suite}"] = folder / "nvim"
        except cache.Unavailable as reason:
            report.skipped(f"nvim of {suite}", str(reason))
    found = shutil.which("nvim")
    if not programs and found:
        # Elsewhere than on Debian the machine's own Neovim is better than none.
        programs["nvim of this machine"] = pathlib.Path(found)
    return programs


def fetch(suite, folder):
    """Unpack Neovim of a Debian suite, with a launcher `nvim` that knows its runtime files."""
    debian.unpack(suite, ["neovim"], folder)
    launcher = folder / "nvim"
    launcher.write_text(
        "#!/bin/sh\n"
        'here=$(cd "$(dirname "$(readlink -f "$0")")" && pwd)\n'
        'export VIMRUNTIME="$here/usr/share/nvim/runtime"\n'
        'exec "$here/run" nvim "$@"\n',
        encoding="utf-8",
    )
    launcher.chmod(0o755)


def check(report, run, programs):
    """Run the checks with every program, each in its own copy of the workspace and its own home."""
    for name, program in programs.items():
        place = run.place(name.replace(" ", "-"))
        env = {
            **os.environ,
            "HOME": str(place.home),
            "XDG_CONFIG_HOME": str(place.home / "config"),
            "XDG_DATA_HOME": str(place.home / "data"),
            "XDG_STATE_HOME": str(place.home / "state"),
            "XDG_CACHE_HOME": str(place.home / "cache"),
            "PATH": f"{run.bin}{os.pathsep}{os.environ.get('PATH', '')}",
            "RELMODEL_NVIM": str(program),
            "RELMODEL_CHECKS": str(CHECKS),
            "RELMODEL_PLUGIN": str(run.repository / "editors" / "neovim"),
            "RELMODEL_WORKSPACE": str(place.workspace),
            "RELMODEL_FOLDERS": str(troubles.folders(run)),
        }
        for checks in ("checks.lua", "troubles.lua"):
            driver = [program, "--headless", "-u", "NONE", "-n", "-i", "NONE", "-c", f"luafile {CHECKS / checks}"]
            report.relay(f"{name}, {checks}", [str(part) for part in driver], LIMIT_SECONDS, env)
