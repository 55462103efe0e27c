"""A conversation over stdio that is timed: one thread, no queue between the server's bytes and the clock.

Owns framing and the moment at which a message counts as arrived: when its last byte has been read, before it is parsed.
"""

import json
import os
import select
import subprocess
import time
from pathlib import Path

LIMIT = 120.0
"""Seconds after which a server counts as one that does not answer."""

CAPABILITIES = {
    "general": {"positionEncodings": ["utf-16"]},
    "workspace": {"workspaceFolders": True, "configuration": True},
    "textDocument": {
        "synchronization": {},
        "publishDiagnostics": {"versionSupport": True, "relatedInformation": True},
        "definition": {"linkSupport": True},
        "completion": {"completionItem": {"documentationFormat": ["markdown"]}},
    },
}
"""No pulling of diagnostics: then every server here pushes them, and the time is that of the push."""


class NoAnswer(Exception):
    """The server did not say what it was waited for."""


class Wire:
    """A server process that is spoken to."""

    def __init__(self, command: list[str], root: Path):
        self.started = time.perf_counter()
        self.process = subprocess.Popen(command, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.arrived = self.started
        """When the last message had arrived."""
        self._out = self.process.stdout.fileno()
        self._bytes = b""
        self._number = 0

    def notify(self, method: str, params) -> float:
        """Sends a notification; the time just before."""
        return self._send({"jsonrpc": "2.0", "method": method, "params": params})

    def request(self, method: str, params) -> tuple[object, float]:
        """The result of a request, and how long it took in seconds."""
        self._number += 1
        number = self._number
        sent = self._send({"jsonrpc": "2.0", "id": number, "method": method, "params": params})
        answer = self.wait(lambda it: it.get("id") == number and "method" not in it, f"the answer to {method}")
        if "error" in answer:
            raise NoAnswer(f"{method}: {answer['error'].get('message')}")
        return answer["result"], self.arrived - sent

    def wait(self, is_it, what: str, limit: float = LIMIT) -> dict:
        """The first message from now on that is the one."""
        deadline = time.perf_counter() + limit
        while (left := deadline - time.perf_counter()) > 0:
            message = self._receive(left)
            if message is not None and is_it(message):
                return message
        raise NoAnswer(f"no sign of {what} within {limit:.0f} s")

    def settle(self, seconds: float) -> None:
        """Takes in what comes within a time."""
        deadline = time.perf_counter() + seconds
        while (left := deadline - time.perf_counter()) > 0:
            self._receive(left)

    def memory(self) -> tuple[float, float]:
        """Resident memory now and at its peak, in MB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        fields = dict(line.split(":", 1) for line in status.splitlines())
        return tuple(int(fields[name].split()[0]) / 1000 for name in ("VmRSS", "VmHWM"))

    def close(self) -> None:
        """Ends the server however it is."""
        self.process.kill()
        self.process.wait()
        self.process.stdin.close()
        self.process.stdout.close()

    def _send(self, message: dict) -> float:
        content = json.dumps(message).encode()
        framed = b"Content-Length: %d\r\n\r\n%s" % (len(content), content)
        now = time.perf_counter()
        try:
            os.write(self.process.stdin.fileno(), framed) if len(framed) < 60000 else self._send_all(framed)
        except BrokenPipeError:
            raise NoAnswer("the server is gone") from None
        return now

    def _send_all(self, framed: bytes) -> None:
        self.process.stdin.write(framed)
        self.process.stdin.flush()

    def _receive(self, limit: float) -> dict | None:
        """The next message within a time. The server's own requests are answered here."""
        deadline = time.perf_counter() + limit
        while (content := self._frame()) is None:
            ready, _, _ = select.select([self._out], [], [], max(0, deadline - time.perf_counter()))
            if not ready:
                return None
            piece = os.read(self._out, 1 << 20)
            if not piece:
                raise NoAnswer("the server is gone")
            self._bytes += piece
        self.arrived = time.perf_counter()
        message = json.loads(content)
        if "method" in message and "id" in message:
            items = (message.get("params") or {}).get("items")
            self._send({"jsonrpc": "2.0", "id": message["id"], "result": [None] * len(items) if items else None})
        return message

    def _frame(self) -> bytes | None:
        head, found, rest = self._bytes.partition(b"\r\n\r\n")
        if not found:
            return None
        lengths = [int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length")]
        if len(rest) < lengths[0]:
            return None
        self._bytes = rest[lengths[0]:]
        return rest[: lengths[0]]
