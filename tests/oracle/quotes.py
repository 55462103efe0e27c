"""Quotations of SQLAlchemy in text blocks, which name the versions that say so.

A block labelled `text` speaks for all versions, `text 2.0 2.1` for those two. Owns only this convention.
"""

import difflib


def for_version(blocks: list[tuple[str, str]], version: str) -> str | None:
    """What the blocks say for a version; `None` if no block speaks for it."""
    for label, text in blocks:
        versions = label.split()[1:]
        if not versions or version in versions:
            return text.rstrip("\n")
    return None


def versions(blocks: list[tuple[str, str]], every: list[str]) -> list[str]:
    """The versions that the blocks speak for."""
    return [version for version in every if for_version(blocks, version) is not None]


def grouped(said: dict[str, str], every: list[str]) -> list[tuple[str, str]]:
    """Blocks for what each version says, versions of one voice together."""
    voices: dict[str, list[str]] = {}
    for version, text in said.items():
        voices.setdefault(text, []).append(version)
    blocks = []
    for text, speakers in voices.items():
        label = "text" if speakers == every else f"text {' '.join(speakers)}"
        blocks.append((label, text + "\n"))
    return blocks


def differences(wanted: str | None, said: str) -> list[str]:
    """How a quotation and the truth differ, line by line; nothing if they agree."""
    if wanted is None:
        return ["no block speaks for this version"]
    if wanted == said:
        return []
    lines = list(difflib.unified_diff(wanted.splitlines(), said.splitlines(), lineterm="", n=0))[2:]
    return ["-: quoted, +: said", *(line for line in lines if not line.startswith("@@"))]
