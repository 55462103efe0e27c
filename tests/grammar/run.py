"""Tests of the grammar that `cargo test` does not hold: `python3 tests/grammar/run.py [PART]…`, all by default.

Owns the order of the parts. What each does is told at its head.
"""

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "oracle"))

# The folder above is on the path only now.
import fuzz  # noqa: E402
import laws  # noqa: E402
import package  # noqa: E402
import structure  # noqa: E402
import tool  # noqa: E402
from sources import cache  # noqa: E402
from tally import Tally, attempt  # noqa: E402

PARTS = {"structure": structure, "laws": laws, "fuzz": fuzz, "tool": tool, "package": package}


def main() -> None:
    wanted = sys.argv[1:] or list(PARTS)
    unknown = [name for name in wanted if name not in PARTS]
    if unknown:
        sys.exit(f"no part is named {unknown[0]}; there are: {' '.join(PARTS)}")
    tally = Tally()
    for name in wanted:
        started = time.monotonic()
        faults = attempt(run, PARTS[name], tally)
        if faults:
            tally.check(name, faults)
        print(f"     {name}: {time.monotonic() - started:.0f} s", flush=True)
    tally.close()


def run(part, tally) -> list[str]:
    """Makes what a part needs while no other run does, and then lets it score its tests."""
    with cache.locked():
        part.prepare()
    part.check(tally)
    return []


if __name__ == "__main__":
    main()
