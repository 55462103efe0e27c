"""Owns Vim with ALE: where they come from, and what is checked in it by keys, in a terminal, and by what it writes down."""

import contextlib
import json

from . import cache, debian, terminal, workbench
from .polling import objection, quickest, wait_for

SUITE = "trixie"
CHECKS = workbench.REPOSITORY / "tests" / "clients" / "vim"
MISTAKE = {"code": "back-populates-missing", "word": "childrn"}
LAUNCHER = """\
#!/bin/sh
here=$(cd "$(dirname "$(readlink -f "$0")")" && pwd)
VIMRUNTIME=$(echo "$here"/usr/share/vim/vim[0-9]*)
export VIMRUNTIME
exec "$here/run" vim.basic "$@"
"""


def prepare(report):
    """Install what is missing. Give the programs, or nothing."""
    try:
        folder = cache.provide(f"vim-{SUITE}", fetch)
        return {"vim": folder / "vim", "ale": folder / "usr" / "share" / "vim-ale", "tmux": terminal.provide()}
    except cache.Unavailable as reason:
        report.skipped("vim", str(reason))
        return None


def fetch(folder):
    """Unpack Vim and ALE, with a launcher `vim` that knows its runtime files."""
    debian.unpack(SUITE, ["vim"], folder)
    debian.unpack_only(SUITE, ["vim-ale"], folder)
    launcher = folder / "vim"
    launcher.write_text(LAUNCHER, encoding="utf-8")
    launcher.chmod(0o755)


def check(report, run, programs):
    """Check Vim with `editors/vim`, in its own copy of the workspace."""
    place = run.place("vim")
    state = place.home / "state.json"
    env = {
        "HOME": place.home,
        "PATH": f"{run.bin}:/usr/bin:/bin",
        "RELMODEL_ALE": programs["ale"],
        "RELMODEL_PLUGIN": run.repository / "editors" / "vim",
        "RELMODEL_STATE": state,
    }
    with terminal.Terminal(programs["tmux"], place.home) as screen:
        screen.start([programs["vim"], "-n", "-i", "NONE", "-u", CHECKS / "vimrc", "shop/child.py"], place.workspace, env)
        Checks(report, screen, state).all()


class Checks:
    """The checks, one after the other, in an editor that shows the planted mistake."""

    def __init__(self, report, screen, state):
        self.report = report
        self.screen = screen
        self.state = state
        self.last = {}
        self.rounds = []

    def all(self):
        """Run them all."""
        self.expect_mistake("diagnostic on the planted mistake")
        self.command("/childrn")
        self.screen.type("cwchildren")
        self.screen.keys("Escape")
        self.expect_none("diagnostic goes when the fix is typed")
        self.screen.type("u")
        self.expect_mistake("diagnostic comes back when the fix is undone")
        self.screen.keys("C-r")
        self.expect_none("diagnostic goes when the fix is redone")
        self.result("diagnostic goes within a second", *quickest(self.rounds))
        self.definition()
        self.hover()
        self.rename()
        self.completion()
        self.end()

    def shows(self, name):
        """What the editor has written down last under a name; nothing before it has."""
        # Vim's `rename()` removes the old file before it moves the new one there: for a moment there is none.
        with contextlib.suppress(FileNotFoundError):
            self.last = json.loads(self.state.read_text(encoding="utf-8"))
        return self.last.get(name)

    def command(self, text):
        """Type a command line, or a search, and send it off."""
        self.screen.type(text)
        self.screen.keys("Enter")

    def result(self, name, passed, detail):
        """Count one check; after a failure the screen tells more than any message."""
        if passed:
            self.report.passed(f"vim: {name}", detail)
            return
        self.report.failed(f"vim: {name}", detail)
        for line in self.screen.screen():
            print(f"     | {line}", flush=True)

    def expect_mistake(self, name):
        """The one diagnostic comes, on its word, and it stays."""
        found, took = wait_for(lambda: self.shows("findings"))
        wrong = objection(lambda: (shown := self.shows("findings")) != [MISTAKE] and str(shown))
        self.result(name, found and not wrong, wrong or f"{found}, {took} ms")

    def expect_none(self, name):
        """All diagnostics go, and they stay away."""
        gone, took = wait_for(lambda: self.shows("findings") == [])
        self.rounds.append(took)
        wrong = objection(lambda: self.shows("findings"))
        self.result(name, gone and not wrong, wrong or f"{took} ms")

    def place(self):
        """The file in front and the cursor's line and column."""
        return f"{self.shows('file')}:{self.shows('line')}:{self.shows('column')}"

    def definition(self):
        """`gd` on a string goes to the class in another file."""
        self.command('gg/"Parent')
        self.screen.type("lgd")
        jumped, took = wait_for(lambda: self.place() == "parent.py:7:7")
        self.result('definition of relationship("Parent")', jumped, f"{self.place()}, {took} ms")
        self.screen.keys("C-o")
        wait_for(lambda: self.shows("file") == "child.py")

    def hover(self):
        """`K` on a string shows the card of the class."""
        self.screen.type("K")
        shown, took = wait_for(lambda: any("mapped to table" in line for line in self.screen.screen()))
        self.result("hover shows the card of the class", shown, f"{took} ms")
        self.screen.keys("Enter")

    def rename(self):
        """`:ALERename` in a string renames the attribute where another file declares it."""
        self.command("gg/children")
        self.command(":ALERename")
        asked, took = wait_for(lambda: any("New name: children" in line for line in self.screen.screen()))
        self.result("rename asks with the old name", asked, f"{took} ms")
        self.screen.keys("C-u")
        self.command("kids")
        here, took = wait_for(lambda: 'back_populates="kids")' in (self.shows("text") or ""))
        self.command(":edit shop/parent.py")
        self.command("/ = relationship")
        there, _ = wait_for(lambda: '    kids = relationship("Child", back_populates="parent")' == self.shows("text"))
        self.result("rename changes both files", here and there, f"{self.shows('text')}, {took} ms")
        self.command(":edit shop/child.py")
        wait_for(lambda: self.shows("file") == "child.py")
        self.expect_none("no diagnostic after the rename")

    def completion(self):
        """A name that is begun in a string opens the list, and what is chosen is written."""
        self.screen.type('Go    other = relationship("Pare')
        words, took = wait_for(lambda: self.shows("words"))
        self.result("completion in an open string", "Parent" in (words or []), f"{words}, {took} ms")
        self.screen.keys("C-n", "C-y")
        line = '    other = relationship("Parent'
        taken, _ = wait_for(lambda: self.shows("text") == line)
        self.result("completion in an open string is taken over", taken, self.shows("text"))
        self.screen.keys("Escape")

    def end(self):
        """The server ends with the editor."""
        servers = terminal.children(self.screen.process())
        self.result("the server runs as a child of the editor", servers, " ".join(servers))
        self.command(":qall!")
        gone, took = wait_for(lambda: not any(map(terminal.alive, servers)))
        self.result("the server ends with the editor", gone, f"{took} ms")
