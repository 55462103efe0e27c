"""Owns waiting: every wait is a poll, with a limit that a loaded machine keeps."""

import time

LIMIT_SECONDS = 60
SETTLE_SECONDS = 1.5
PAUSE_SECONDS = 0.05
# How long a finding may stay on the screen after its fix.
GONE_MS = 1000


def wait_for(probe, limit=LIMIT_SECONDS):
    """Call `probe` until it gives something or the limit is over. Give that or nothing, and the milliseconds it took."""
    started = time.monotonic()
    while True:
        found = probe()
        took = time.monotonic() - started
        if found or took > limit:
            return found, int(took * 1000)
        time.sleep(PAUSE_SECONDS)


def objection(probe, duration=SETTLE_SECONDS):
    """Watch for some seconds, and give the first thing that `probe` objects to, or nothing."""
    return wait_for(probe, duration)[0]


def quickest(rounds):
    """Whether the best of some times is good, with all of them as text. The others tell how busy the machine is."""
    return min(rounds) <= GONE_MS, ", ".join(map(str, rounds)) + " ms"
