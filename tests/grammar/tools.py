"""Owns the running of other programs for the grammar's tests: what they said when they failed, and nothing else."""

import subprocess

LIMIT_SECONDS = 900
SHOWN_LINES = 40


def faults(command, limit=LIMIT_SECONDS, **options) -> list[str]:
    """Runs a command; its last words if it does not end with status 0."""
    status, output = run(command, limit, **options)
    if status == 0:
        return []
    words = "\n".join(output.strip().splitlines()[-SHOWN_LINES:])
    return [f"`{' '.join(str(part) for part in command)[:120]}` ended with status {status}\n{words}"]


def run(command, limit=LIMIT_SECONDS, **options) -> tuple[int, str]:
    """Runs a command. Gives its status and all it said."""
    done = subprocess.run(
        [str(part) for part in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
        stdin=subprocess.DEVNULL, timeout=limit, check=False, **options,
    )
    return done.returncode, done.stdout
