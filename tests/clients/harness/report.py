"""Owns what the client tests print and count.

It knows nothing of editors. Drivers written in other languages print the same line forms, and `relay` counts them:
`ok   NAME`, `FAIL NAME`, `SKIP NAME`, each followed by details after two spaces.
"""

import os
import signal
import subprocess
import sys
import threading

MARKS = {"ok   ": "passed", "FAIL ": "failed", "SKIP ": "skipped"}
FINISHED = "== finished"


def end_group(driver):
    """End a driver with all that it started, by force."""
    try:
        os.killpg(driver.pid, signal.SIGKILL)
    except ProcessLookupError:
        # It and all of its children have ended by themselves, which is the rule.
        pass


class Report:
    """Counts results as they are printed."""

    def __init__(self):
        self.counts = {"passed": 0, "failed": 0, "skipped": 0}

    def line(self, text):
        """Print one line, and count it when it is a result."""
        mark = MARKS.get(text[:5])
        if mark:
            self.counts[mark] += 1
        print(text, flush=True)

    def passed(self, name, detail=""):
        """Count one passed check."""
        self.line(f"ok   {name}  {detail}".rstrip())

    def failed(self, name, detail=""):
        """Count one failed check."""
        self.line(f"FAIL {name}  {detail}".rstrip())

    def skipped(self, name, reason):
        """Count something that cannot run on this machine; the reason is printed."""
        self.line(f"SKIP {name}  {reason}")

    def relay(self, name, command, limit, env=None):
        """Run a driver and count its result lines.

        A driver ends with the line `== finished`. One that stops without it, or takes longer than `limit` seconds,
        is a failure of its own, so that a crash half way never looks like success.
        """
        driver = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", env=env,
            stdin=subprocess.DEVNULL, start_new_session=True,
        )
        expired = threading.Event()

        def expire():
            expired.set()
            end_group(driver)

        timer = threading.Timer(limit, expire)
        timer.start()
        try:
            finished = self.read(driver)
            status = driver.wait()
        finally:
            # Also when this run is told to stop: no editor may outlive it.
            timer.cancel()
            end_group(driver)
        if expired.is_set():
            self.failed(f"{name}: driver", f"no end within {limit} s")
        elif not finished:
            self.failed(f"{name}: driver", f"stopped early with status {status}")

    def read(self, driver):
        """Print and count a driver's lines until it closes its output. Give whether it said that it has finished."""
        finished = False
        for text in driver.stdout:
            text = text.rstrip()
            if text == FINISHED:
                finished = True
            elif text:
                self.line(text if text[:5] in MARKS else f"     {text}")
        return finished

    def close(self):
        """Print the closing line and give the exit status."""
        sys.stdout.flush()
        print(", ".join(f"{count} {name}" for name, count in self.counts.items()), flush=True)
        return 1 if self.counts["failed"] else 0
