"""Owns Emacs: where it comes from, and what is checked in it by keys, in a terminal, and by asking it what it shows."""

import subprocess

from . import cache, debian, terminal, workbench
from .polling import objection, quickest, wait_for

SUITE = "trixie"
CHECKS = workbench.REPOSITORY / "tests" / "clients" / "emacs"
LAUNCHER = """\
#!/bin/sh
# Emacs knows its files by absolute paths, which the environment can replace.
here=$(cd "$(dirname "$(readlink -f "$0")")" && pwd)
share=$(echo "$here"/usr/share/emacs/[0-9]*)
EMACSPATH=$(echo "$here"/usr/libexec/emacs/*/*)
EMACSLOADPATH=$(find "$share/lisp" -type d | tr '\\n' ':')
export EMACSPATH EMACSLOADPATH EMACSDATA="$share/etc" EMACSDOC="$share/etc"
exec "$here/run" emacs-nox --dump-file="$(ls "$EMACSPATH"/*.pdmp)" "$@"
"""


def prepare(report):
    """Install what is missing. Give the programs, or nothing."""
    try:
        folder = cache.provide(f"emacs-{SUITE}", fetch)
        return {"emacs": folder / "emacs", "client": folder / "run", "tmux": terminal.provide()}
    except cache.Unavailable as reason:
        report.skipped("emacs", str(reason))
        return None


def fetch(folder):
    """Unpack Emacs, with a launcher `emacs` that knows where its files are."""
    debian.unpack(SUITE, ["emacs-nox"], folder)
    launcher = folder / "emacs"
    launcher.write_text(LAUNCHER, encoding="utf-8")
    launcher.chmod(0o755)


def check(report, run, programs):
    """Check Emacs with `editors/emacs`, in its own copy of the workspace."""
    place = run.place("emacs")
    sockets = place.home / "sockets"
    sockets.mkdir(mode=0o700)
    env = {
        "HOME": place.home,
        "PATH": f"{run.bin}:/usr/bin:/bin",
        "RELMODEL_PLUGIN": run.repository / "editors" / "emacs",
        "RELMODEL_SOCKETS": sockets,
    }
    with terminal.Terminal(programs["tmux"], place.home) as screen:
        command = [programs["emacs"], "-nw", "-Q", "-l", CHECKS / "init.el", "shop/child.py"]
        screen.start(command, place.workspace, env)
        client = [programs["client"], "emacsclient.emacs", "--socket-name", sockets / "server", "--eval"]
        Checks(report, screen, client).all()


class Checks:
    """The checks, one after the other, in an editor that shows the planted mistake."""

    def __init__(self, report, screen, client):
        self.report = report
        self.screen = screen
        self.client = [str(part) for part in client]
        self.rounds = []

    def all(self):
        """Run them all."""
        self.expect_mistake("diagnostic on the planted mistake")
        self.screen.keys("M-<", "C-s")
        self.screen.type("childr")
        self.screen.keys("Enter")
        self.screen.type("e")
        self.expect_none("diagnostic goes when the fix is typed")
        self.screen.keys("C-_")
        self.expect_mistake("diagnostic comes back when the fix is undone")
        self.screen.type("e")
        self.expect_none("diagnostic goes when it is typed again")
        self.result("diagnostic goes within a second", *quickest(self.rounds))
        self.definition()
        self.rename()
        self.completion()
        self.pairs()
        self.end()

    def ask(self, function):
        """What a function of `init.el` gives, as Emacs prints it; nothing while it does not answer."""
        done = subprocess.run(
            [*self.client, f"({function})"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, text=True, errors="replace", check=False,
        )
        answer = done.stdout.strip() if done.returncode == 0 else ""
        return "" if answer == "nil" else answer

    def result(self, name, passed, detail):
        """Count one check; after a failure the screen tells more than any message."""
        if passed:
            self.report.passed(f"emacs: {name}", detail)
            return
        self.report.failed(f"emacs: {name}", detail)
        for line in self.screen.screen():
            print(f"     | {line}", flush=True)

    def is_the_mistake(self, findings):
        """Whether these are the one finding, on the word itself."""
        return findings.startswith('("childrn: ') and "back-populates-missing" in findings and findings.count('("') == 1

    def expect_mistake(self, name):
        """The one diagnostic comes, on its word, and it stays."""
        findings, took = wait_for(lambda: self.ask("checks-findings"))
        wrong = objection(lambda: not self.is_the_mistake(self.ask("checks-findings")))
        self.result(name, findings and not wrong, f"{findings}, {took} ms")

    def expect_none(self, name):
        """All diagnostics go, and they stay away."""
        gone, took = wait_for(lambda: not self.ask("checks-findings"))
        self.rounds.append(took)
        wrong = objection(lambda: self.ask("checks-findings"))
        self.result(name, gone and not wrong, wrong or f"{took} ms")

    def definition(self):
        """`M-.` on a string goes to the class in another file."""
        self.screen.keys("M-<", "C-s")
        self.screen.type('"Par')
        self.screen.keys("Enter", "M-.")
        jumped, took = wait_for(lambda: "parent.py:7:class Parent" in self.ask("checks-place"))
        self.result('definition of relationship("Parent")', jumped, f"{self.ask('checks-place')}, {took} ms")
        self.screen.keys("M-,")
        wait_for(lambda: "child.py" in self.ask("checks-place"))

    def rename(self):
        """`M-x eglot-rename` in a string renames the attribute where another file declares it."""
        self.screen.keys("M-<", "C-s")
        self.screen.type("childr")
        self.screen.keys("Enter", "M-x")
        self.screen.type("eglot-rename")
        self.screen.keys("Enter")
        asked, took = wait_for(lambda: any("Rename `children' to:" in line for line in self.screen.screen()))
        self.result("rename asks with the old name", asked, f"{took} ms")
        self.screen.type("kids")
        self.screen.keys("Enter")
        here, took = wait_for(lambda: 'back_populates=\\"kids\\")' in self.ask("checks-place"))
        there = 'kids = relationship(\\"Child\\", back_populates=\\"parent\\")' in self.ask('checks-text "parent.py"')
        self.result("rename changes both files", here and there, f"{self.ask('checks-place')}, {took} ms")
        self.expect_none("no diagnostic after the rename")

    def completion(self):
        """`C-M-i` in a string that is not closed lists what may stand there, and completes what is begun."""
        self.screen.keys("M->")
        self.screen.type('    other = relationship("')
        self.screen.keys("C-M-i")
        words, took = wait_for(lambda: self.ask("checks-completions"))
        self.result("completion in an open string", "Parent" in words and "Child" in words, f"{words}, {took} ms")
        self.complete("completion in an open string", 'relationship(\\"Parent"')

    def pairs(self):
        """The same between the quotes that `electric-pair-mode` has put there."""
        self.screen.keys("C-a", "C-k", "M-x")
        self.screen.type("electric-pair-mode")
        self.screen.keys("Enter")
        self.screen.type('    again = relationship("')
        wait_for(lambda: 'again = relationship(\\"\\")"' in self.ask("checks-place"))
        self.complete("completion between quotes", 'relationship(\\"Parent\\")"')

    def complete(self, name, ending):
        """Type the beginning of a name and let the editor write the rest; the line, as Emacs prints it, ends so."""
        self.screen.type("Pare")
        self.screen.keys("C-M-i")
        taken, took = wait_for(lambda: self.ask("checks-place").endswith(ending))
        self.result(f"{name} is taken over", taken, f"{self.ask('checks-place')}, {took} ms")

    def end(self):
        """The server ends with the editor."""
        servers = terminal.children(self.screen.process())
        self.result("the server runs as a child of the editor", servers, " ".join(servers))
        # Nothing is saved: `q` is for all files, `yes` confirms.
        self.screen.keys("C-x", "C-c")
        self.screen.type("q")
        self.screen.type("yes")
        self.screen.keys("Enter")
        gone, took = wait_for(lambda: not any(map(terminal.alive, servers)))
        self.result("the server ends with the editor", gone, f"{took} ms")
