"""The servers that are compared, and what each of them can be asked for.

Owns the pinned versions of the peers. They are installed by pip into an environment of the cache.
"""

import sys
from dataclasses import dataclass
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS / "oracle"), str(TESTS / "protocol")]

import client  # noqa: E402  (the folder is on the path only now)
import venvs  # noqa: E402

PEERS = ["sqlalchemy-lsp==0.2.4", "ty==0.0.107", "ruff==0.17.6"]


@dataclass(frozen=True)
class Server:
    """A language server with a command for the terminal."""

    name: str
    server: list[str]
    check: list[str]
    abilities: frozenset[str]
    """Which figures can be asked for; the others are printed as what it cannot do."""


ALL = frozenset({"definition", "key", "completion", "key completion"})


def servers() -> list[Server]:
    """All of them, relmodel first."""
    folder = venvs.environment("bench", PEERS).parent
    there = {name: str(folder / name) for name in ("sqlalchemy-lsp", "ty", "ruff")}
    return [
        relmodel(),
        Server("sqlalchemy-lsp", [there["sqlalchemy-lsp"], "lsp"], [there["sqlalchemy-lsp"], "check", "."], ALL),
        Server("ty", [there["ty"], "server"], [there["ty"], "check", "."], frozenset({"definition", "completion"})),
        Server("ruff", [there["ruff"], "server"], [there["ruff"], "check", "--no-cache", "."], frozenset()),
    ]


def relmodel() -> Server:
    """Ours."""
    own = str(client.binary().resolve())
    return Server("relmodel", [own, "server", "--stdio"], [own, "check", "."], ALL)
