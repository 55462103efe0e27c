"""Owns a terminal that nobody sees: tmux, in which an editor takes keys and shows a screen. It knows no editor."""

import os
import pathlib
import shlex
import subprocess
import time

from . import cache, debian

SUITE = "sid"
WIDTH, HEIGHT = 120, 36
KEY_SECONDS = 0.03


def provide():
    """The program tmux, unpacked from Debian when it is missing."""
    return cache.provide(f"tmux-{SUITE}", lambda folder: debian.unpack(SUITE, ["tmux"], folder)) / "run"


class Terminal:
    """One tmux server with one window. Used as `with Terminal(…) as it:`, and ended with all that runs in it."""

    def __init__(self, launcher, folder):
        self.command = [launcher, "tmux", "-u", "-S", folder / "tmux.sock", "-f", "/dev/null"]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.tmux("kill-server", check=False)

    def tmux(self, *arguments, check=True):
        """Run a command of tmux and give what it prints."""
        command = [str(part) for part in (*self.command, *arguments)]
        env = {**os.environ, "LC_ALL": "C.UTF-8"}
        return subprocess.run(
            command, check=check, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, text=True, errors="replace",
        ).stdout

    def start(self, program, folder, env):
        """Start a program in `folder`, with nothing in its environment but `env`."""
        variables = {"TERM": "xterm-256color", "LC_ALL": "C.UTF-8", **env}
        words = ["exec", "env", "-i", *(f"{name}={value}" for name, value in variables.items()), *program]
        line = " ".join(shlex.quote(str(word)) for word in words)
        self.tmux("new-session", "-d", "-x", WIDTH, "-y", HEIGHT, "-c", folder, line)

    def keys(self, *names):
        """Press keys, named as tmux names them."""
        for name in names:
            self.tmux("send-keys", name)
            time.sleep(KEY_SECONDS)

    def type(self, text):
        """Type text, one character after the other."""
        for character in text:
            # A semicolon at the end of an argument would end tmux's command.
            self.tmux("send-keys", "-l", "\\;" if character == ";" else character)
            time.sleep(KEY_SECONDS)

    def screen(self):
        """The lines on the screen; none once the program has ended."""
        return self.tmux("capture-pane", "-p", check=False).splitlines()

    def process(self):
        """The process id of the program, or nothing once it has ended."""
        return self.tmux("display-message", "-p", "#{pane_pid}", check=False).strip()


def children(process):
    """The process ids of the programs that a process has started, and that these have."""
    found = []
    for file in pathlib.Path("/proc", process, "task").glob("*/children"):
        for child in file.read_text(encoding="utf-8").split():
            found += [child, *children(child)]
    return found


def alive(process):
    """Whether a process still runs."""
    return pathlib.Path("/proc", process).exists()
