"""Owns Helix: where it comes from, and what is checked in it by keys and by reading its screen."""

import re
import shutil

from . import cache, debian, terminal
from .polling import objection, quickest, wait_for

SUITE = "sid"
CODE = "back-populates-missing"
CONFIGURATION = """\
[editor]
idle-timeout = 100
"""


def prepare(report):
    """Install what is missing. Give the programs, or nothing."""
    try:
        folder = cache.provide(f"helix-{SUITE}", lambda target: debian.unpack(SUITE, ["hx"], target))
        return {"hx": folder / "run", "tmux": terminal.provide()}
    except cache.Unavailable as reason:
        report.skipped("helix", str(reason))
        return None


def check(report, run, programs):
    """Check Helix with the configuration of `editors/helix`, in its own copy of the workspace."""
    place = run.place("helix")
    configuration = place.home / ".config" / "helix"
    configuration.mkdir(parents=True)
    (configuration / "config.toml").write_text(CONFIGURATION, encoding="utf-8")
    shutil.copy(run.repository / "editors" / "helix" / "languages.toml", configuration)
    env = {"HOME": place.home, "PATH": f"{run.bin}:/usr/bin:/bin"}
    with terminal.Terminal(programs["tmux"], place.home) as screen:
        screen.start([programs["hx"], "hx", "shop/child.py"], place.workspace, env)
        Checks(report, screen).all()


class Checks:
    """The checks, one after the other, in an editor that shows the planted mistake."""

    def __init__(self, report, screen):
        self.report = report
        self.screen = screen
        self.rounds = []

    def all(self):
        """Run them all."""
        self.expect_mistake("diagnostic on the planted mistake")
        self.list_of_diagnostics()
        self.screen.keys("g", "g", "/")
        self.screen.type("childrn")
        self.screen.keys("Enter", "c")
        self.screen.type("children")
        self.screen.keys("Escape")
        self.expect_none("diagnostic goes when the fix is typed")
        self.screen.keys("u")
        self.expect_mistake("diagnostic comes back when the fix is undone")
        self.screen.keys("U")
        self.expect_none("diagnostic goes when the fix is redone")
        self.result("diagnostic goes within a second", *quickest(self.rounds))
        self.definition()
        self.rename()
        self.completion()
        self.end()

    def result(self, name, passed, detail):
        """Count one check; after a failure the screen tells more than any message."""
        if passed:
            self.report.passed(f"helix: {name}", detail)
            return
        self.report.failed(f"helix: {name}", detail)
        for line in self.screen.screen():
            print(f"     | {line}", flush=True)

    def sees(self, pattern):
        """The first line of the screen that fits, or nothing."""
        return next((line for line in self.screen.screen() if re.search(pattern, line)), None)

    def count(self):
        """How many diagnostics the status line tells; nothing while there is no such line."""
        status = self.sees(r" (NOR|INS|SEL) ")
        found = re.search(r"●\s*(\d+)", status or "")
        return int(found[1]) if found else status and 0

    def expect_mistake(self, name):
        """One diagnostic comes, and it stays."""
        found, took = wait_for(self.count)
        wrong = objection(lambda: self.count() != 1 and f"{self.count()} diagnostics")
        self.result(name, found == 1 and not wrong, wrong or f"{found}, {took} ms")

    def expect_none(self, name):
        """All diagnostics go, and they stay away."""
        gone, took = wait_for(lambda: self.count() == 0)
        self.rounds.append(took)
        wrong = objection(lambda: self.count() and f"{self.count()} diagnostics")
        self.result(name, gone and not wrong, wrong or f"{took} ms")

    def list_of_diagnostics(self):
        """The picker of diagnostics names the rule; it cuts the message off."""
        self.screen.keys("Space", "d")
        line, took = wait_for(lambda: self.sees(f"ERROR +relmodel +{CODE} +`Parent`"))
        self.result("the picker of diagnostics lists it", line, f"{took} ms")
        self.screen.keys("Escape")
        wait_for(lambda: not self.sees(CODE))

    def definition(self):
        """`gd` on a string goes to the class in another file."""
        self.screen.keys("g", "g", "/")
        self.screen.type('"Parent')
        self.screen.keys("Enter", "g", "d")
        jumped, took = wait_for(lambda: self.sees("class Parent") and self.sees(r"parent\.py.* 7:"))
        self.result('definition of relationship("Parent")', jumped, f"{took} ms")
        self.screen.keys("C-o")
        wait_for(lambda: self.sees("class Child"))

    def rename(self):
        """`Space r` in a string renames the attribute where another file declares it."""
        self.screen.keys("g", "g", "/")
        self.screen.type("children")
        self.screen.keys("Enter", "Space", "r")
        asked, took = wait_for(lambda: self.sees(r"rename-to: ?children\s*$"))
        self.result("rename asks with the old name", asked, f"{took} ms")
        self.screen.keys("C-u")
        self.screen.type("kids")
        self.screen.keys("Enter")
        here, took = wait_for(lambda: self.sees(r'relationship\("Parent", back_populates="kids"\)'))
        self.screen.keys("g", "d")
        there, _ = wait_for(lambda: self.sees(r' kids = relationship\("Child", back_populates="parent"\)'))
        self.result("rename changes both files", here and there, f"{took} ms")
        self.screen.keys("C-o")
        wait_for(lambda: self.sees("class Child"))
        self.expect_none("no diagnostic after the rename")

    def completion(self):
        """The quote itself opens the list, and what is chosen is written between the quotes that Helix has put there."""
        self.screen.keys("g", "e", "o")
        # Helix itself indents the new line.
        self.screen.type('other = relationship("')
        offered, took = wait_for(lambda: self.sees(r"\bParent\s+\w*\s*$|\bParent +(class|struct)"))
        self.result("completion between quotes", offered, f"{took} ms")
        self.screen.type("Pare")
        wait_for(lambda: self.sees(r"\bParent +(class|struct)") and not self.sees(r"\bChild +(class|struct)"))
        self.screen.keys("Tab", "Enter")
        taken, _ = wait_for(lambda: self.sees(r'other = relationship\("Parent"\)\s*$'))
        self.result("completion between quotes is taken over", taken, self.sees("other = ") or "")
        self.screen.keys("Escape")

    def end(self):
        """The server ends with the editor."""
        servers = terminal.children(self.screen.process())
        self.result("the server runs as a child of the editor", servers, " ".join(servers))
        # A list of proposals that is still open takes the first.
        self.screen.keys("Escape")
        self.screen.keys("Escape")
        self.screen.keys(":")
        self.screen.type("quit-all!")
        self.screen.keys("Enter")
        gone, took = wait_for(lambda: not any(map(terminal.alive, servers)))
        self.result("the server ends with the editor", gone, f"{took} ms")
