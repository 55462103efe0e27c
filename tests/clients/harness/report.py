"""Owns what the client tests print and count.

It knows nothing of editors. Drivers written in other languages print the same line forms, and `relay` counts them:
`ok   NAME`, `FAIL NAME`, `SKIP NAME`, each followed by details after two spaces.
"""

import subprocess
import sys
import threading

MARKS = {"ok   ": "passed", "FAIL ": "failed", "SKIP ": "skipped"}
FINISHED = "== finished"


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
            stdin=subprocess.DEVNULL,
        )
        expired = threading.Event()

        def stop():
            expired.set()
            driver.kill()

        timer = threading.Timer(limit, stop)
        timer.start()
        finished = False
        for text in driver.stdout:
            text = text.rstrip()
            if text == FINISHED:
                finished = True
            elif text:
                self.line(text if text[:5] in MARKS else f"     {text}")
        status = driver.wait()
        timer.cancel()
        if expired.is_set():
            self.failed(f"{name}: driver", f"no end within {limit} s")
        elif not finished:
            self.failed(f"{name}: driver", f"stopped early with status {status}")

    def close(self):
        """Print the closing line and give the exit status."""
        sys.stdout.flush()
        print(", ".join(f"{count} {name}" for name, count in self.counts.items()), flush=True)
        return 1 if self.counts["failed"] else 0
