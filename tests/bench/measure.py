"""What is measured of one server in one workspace.

Owns the order of a measurement and what counts as a right answer. Every figure is a plain number under a name; a figure
that a server cannot give is absent.
"""

import os
import re
import subprocess
import time
from pathlib import Path
from urllib.parse import unquote, urlparse

from generate import Probe
from servers import Server
from wire import CAPABILITIES, NoAnswer, Wire

KEYSTROKES = 40
QUESTIONS = 200
PATIENCE = 10.0
"""Seconds after which a slow server has been asked often enough, though at least `ENOUGH` times."""
ENOUGH = 5
PAUSE = 0.01
"""Seconds between two keystrokes or questions, so that no work of the last one is counted with the next."""

MODERN = {
    "class": ('    probe: Mapped["', '"] = relationship()'),
    "key": ('    probe: Mapped[int] = mapped_column(ForeignKey("', '.id"))'),
    "name": ("    probe: ", ""),
}
"""What stands around a misspelt name that is typed: a relationship's class, a foreign key's table, and any name for servers
that know nothing of SQLAlchemy."""

CLASSIC = {**MODERN, "class": ('    probe = relationship("', '")'), "key": ('    probe = Column(ForeignKey("', '.id"))')}


class Session:
    """A server that was started in a workspace with one open document."""

    def __init__(self, server: Server, root: Path, probe: Probe):
        self.server, self.root, self.probe = server, root, probe
        self.text = (root / probe.file).read_text(encoding="utf-8")
        self.version = 1
        self.wire = Wire(server.server, root)

    def start(self) -> None:
        """Says hello and opens the document."""
        folder = {"uri": self.root.as_uri(), "name": self.root.name}
        self.wire.request("initialize", {"processId": os.getpid(), "rootUri": folder["uri"], "workspaceFolders": [folder],
                                         "capabilities": CAPABILITIES})
        self.wire.notify("initialized", {})
        document = {"uri": self.uri, "languageId": "python", "version": 1, "text": self.text}
        self.wire.notify("textDocument/didOpen", {"textDocument": document})

    @property
    def uri(self) -> str:
        """The open document's."""
        return (self.root / self.probe.file).as_uri()

    def ask(self, method: str, line: int, column: int) -> tuple[object, float]:
        """A request about a place of the document."""
        place = {"textDocument": {"uri": self.uri}, "position": {"line": line, "character": column}}
        return self.wire.request(f"textDocument/{method}", place)

    def change(self, start: tuple[int, int], end: tuple[int, int], text: str) -> float:
        """Edits the document; the time just before."""
        self.version += 1
        span = {"start": {"line": start[0], "character": start[1]}, "end": {"line": end[0], "character": end[1]}}
        return self.wire.notify("textDocument/didChange", {
            "textDocument": {"uri": self.uri, "version": self.version}, "contentChanges": [{"range": span, "text": text}]})

    def is_right(self, answer, path: str, line: int) -> bool:
        """Whether a definition leads to a line of a file."""
        for place in answer if isinstance(answer, list) else [answer] if answer else []:
            uri = place.get("targetUri") or place["uri"]
            span = place.get("targetSelectionRange") or place["range"]
            if unquote(urlparse(uri).path) == str(self.root / path) and abs(span["start"]["line"] - line) <= 1:
                return True
        return False


def session(server: Server, root: Path, probe: Probe) -> dict[str, float]:
    """All figures of a session."""
    res = {}
    it = Session(server, root, probe)
    try:
        it.start()
        if "definition" in server.abilities:
            res["start to first right definition"] = first_definition(it)
            # A server may answer that before it knows everything, but not this.
            it.ask("hover", *probe.definitions[0][:2])
        it.wire.settle(1.0)
        res["memory after indexing"], res["peak while indexing"] = it.wire.memory()
        lines = MODERN if probe.is_modern else CLASSIC
        if "key" in server.abilities:
            res.update(typing(it, "keystroke to finding, class", *lines["class"]))
            res.update(typing(it, "keystroke to finding, key", *lines["key"]))
        else:
            res.update(typing(it, "keystroke to finding, class", *lines["name"]))
        if "definition" in server.abilities:
            res.update(questions(it, "definition", "definition", [place[:2] for place in probe.definitions]))
        if "completion" in server.abilities:
            res.update(questions(it, "completion", "completion of a class", [place[:2] for place in probe.definitions]))
        if "key completion" in server.abilities:
            res.update(questions(it, "completion", "completion of a key", probe.keys))
        it.wire.settle(0.5)
        res["memory later"], res["peak later"] = it.wire.memory()
    except NoAnswer as failure:
        print(f"    {server.name}: {failure}", flush=True)
    finally:
        it.wire.close()
    return res


def first_definition(it: Session) -> float:
    """Seconds from the start of the process to the first right definition in another file."""
    line, column, path, there = it.probe.definitions[0]
    while time.perf_counter() - it.wire.started < 120:
        answer, _ = it.ask("definition", line, column)
        if it.is_right(answer, path, there):
            return it.wire.arrived - it.wire.started
        time.sleep(0.002)
    raise NoAnswer("no right definition")


def typing(it: Session, name: str, before: str, after: str) -> dict[str, float]:
    """Milliseconds from a keystroke to the push that speaks of the misspelt name as it is then."""
    line = it.probe.line
    typed = "Zq"
    it.change((line, 0), (line, 0), f"{before}{typed}{after}\n")
    times = []
    try:
        await_finding(it, typed, 20.0)
        began = time.perf_counter()
        for number in range(KEYSTROKES):
            if number >= ENOUGH and time.perf_counter() - began > PATIENCE:
                break
            time.sleep(PAUSE)
            at = len(before) + len(typed)
            letter = "abcdefghijklmnopqrstuvwxyz"[number % 26]
            typed += letter
            sent = it.change((line, at), (line, at), letter)
            await_finding(it, typed, 20.0)
            times.append((it.wire.arrived - sent) * 1000)
    except NoAnswer as failure:
        print(f"    {it.server.name}: {name}: {failure}", flush=True)
        times = []
    it.change((line, 0), (line + 1, 0), "")
    it.wire.settle(0.3)
    return percentiles(name, times)


def await_finding(it: Session, typed: str, limit: float) -> None:
    """Waits for a push with a message that names exactly this."""
    word = re.compile(rf"\b{typed}\b")

    def speaks(message: dict) -> bool:
        if message.get("method") != "textDocument/publishDiagnostics" or message["params"]["uri"] != it.uri:
            return False
        return any(word.search(found["message"]) for found in message["params"]["diagnostics"])

    it.wire.wait(speaks, f"a finding about {typed}", limit)


def questions(it: Session, method: str, name: str, places: list[tuple[int, int]]) -> dict[str, float]:
    """Milliseconds from a request to its answer, at ever new places; nothing if it is answered by nothing."""
    times, answered = [], 0
    for number in range(QUESTIONS if places else 0):
        line, column = places[number % len(places)]
        answer, took = it.ask(method, line, column + 1)
        times.append(took * 1000)
        answered += bool(answer if not isinstance(answer, dict) else answer.get("items", [answer]))
        time.sleep(PAUSE / 5)
    if answered < len(times) * 0.75:
        print(f"    {it.server.name}: {name}: {answered} of {len(times)} answered", flush=True)
        return {}
    return percentiles(name, times)


def percentiles(name: str, times: list[float]) -> dict[str, float]:
    """The middle and the 95th percentile."""
    if not times:
        return {}
    times = sorted(times)
    return {f"{name}, p50": times[len(times) // 2], f"{name}, p95": times[int(len(times) * 0.95)]}


def check(server: Server, root: Path) -> dict[str, float]:
    """Seconds and memory of the command for the terminal."""
    started = time.perf_counter()
    process = subprocess.Popen(server.check, cwd=root, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, _, usage = os.wait4(process.pid, 0)
    process.returncode = 0
    return {"check": time.perf_counter() - started, "check, processor time": usage.ru_utime + usage.ru_stime,
            "check, peak": usage.ru_maxrss / 1000}
