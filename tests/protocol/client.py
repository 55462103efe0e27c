"""A client of the protocol over stdio: frames messages, pairs answers with requests, answers the server's own.

Owns the wire. Knows nothing of what an answer should be.
"""

import json
import os
import queue
import subprocess
import threading
import time
from pathlib import Path

# Generous, because the machine may be busy; no test waits this long when all is well.
LIMIT = 60.0

REPOSITORY = Path(__file__).resolve().parents[2]


def binary() -> Path:
    """The release binary, or the one that `RELMODEL` names."""
    target = Path(os.environ.get("CARGO_TARGET_DIR", REPOSITORY / "target"))
    return Path(os.environ.get("RELMODEL", target / "release" / "relmodel"))


class ServerError(Exception):
    """The server answered a request by an error."""

    def __init__(self, error: dict):
        super().__init__(f"{error.get('code')} {error.get('message')}")
        self.code = error.get("code")


def frame(content: bytes) -> bytes:
    """A message as it goes over the wire."""
    return b"Content-Length: %d\r\n\r\n%s" % (len(content), content)


class Client:
    """A server process and the conversation with it."""

    def __init__(self, command=None, environment=None, **popen):
        environment = {**os.environ, "RELMODEL_LOG": "info", **(environment or {})}
        self.process = subprocess.Popen(
            command or [str(binary().resolve()), "server", "--stdio"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, **popen,
        )
        self.log: list[str] = []
        self.inbox: queue.Queue = queue.Queue()
        self.responses: dict = {}
        self.strays: list[dict] = []
        """Answers to no request of ours, such as those to malformed messages."""
        self.seen: list[dict] = []
        """The server's notifications and requests, in order."""
        self.answers = {"workspace/configuration": lambda params: [None] * len(params["items"])}
        """How the server's own requests are answered: a function of their parameters; None by default."""
        self._number = 0
        self._lock = threading.Lock()
        threading.Thread(target=self._read, daemon=True).start()
        threading.Thread(target=self._read_log, daemon=True).start()

    # Sending

    def send_bytes(self, content: bytes) -> None:
        """Writes bytes as they are."""
        with self._lock:
            self.process.stdin.write(content)
            self.process.stdin.flush()

    def send(self, message: dict | list) -> None:
        """Sends one message."""
        self.send_bytes(frame(json.dumps(message, ensure_ascii=False).encode()))

    def notify(self, method: str, params=None) -> None:
        """Sends a notification."""
        self.send({"jsonrpc": "2.0", "method": method, **({} if params is None else {"params": params})})

    def request(self, method: str, params=None, limit: float = LIMIT):
        """Sends a request and waits for its result."""
        return self.result(self.start(method, params), limit)

    def start(self, method: str, params=None) -> int:
        """Sends a request; its number serves to ask for the result."""
        self._number += 1
        message = {"jsonrpc": "2.0", "id": self._number, "method": method}
        self.send({**message, **({} if params is None else {"params": params})})
        return self._number

    # Receiving

    def result(self, number: int, limit: float = LIMIT):
        """The result of a request that was started."""
        self.wait(lambda: number in self.responses, f"the answer to request {number}", limit)
        response = self.responses.pop(number)
        if "error" in response:
            raise ServerError(response["error"])
        return response["result"]

    def wait(self, condition, what: str, limit: float = LIMIT):
        """Takes in messages until the condition holds; gives its value."""
        deadline = time.monotonic() + limit
        while True:
            value = condition()
            if value:
                return value
            left = deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError(f"no sign of {what} within {limit:.0f} s")
            try:
                message = self.inbox.get(timeout=min(left, 0.5))
            except queue.Empty:
                continue
            if message is None:
                value = condition()
                if value:
                    return value
                raise EOFError(f"the server left before {what}")
            self._take(message)

    def settle(self, seconds: float) -> None:
        """Takes in what comes within a time in which nothing wrong may come."""
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            try:
                message = self.inbox.get(timeout=left)
            except queue.Empty:
                return
            if message is None:
                return
            self._take(message)

    def sent(self, method: str) -> list[dict]:
        """What the server has sent of one method."""
        return [message.get("params") for message in self.seen if message["method"] == method]

    # Ends

    def exit_status(self, limit: float = LIMIT) -> int:
        """Waits for the server to leave."""
        return self.process.wait(limit)

    def close(self) -> None:
        """Ends the server however it is."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            try:
                stream.close()
            except OSError:
                pass

    def _take(self, message: dict) -> None:
        if "method" in message:
            self.seen.append(message)
            if "id" in message and (answer := self.answers.get(message["method"], lambda _: None)) is not Ellipsis:
                self.send({"jsonrpc": "2.0", "id": message["id"], "result": answer(message.get("params"))})
        elif isinstance(message.get("id"), int) and 0 < message["id"] <= self._number:
            self.responses[message["id"]] = message
        else:
            self.strays.append(message)

    def _read(self) -> None:
        try:
            while headers := self._read_headers():
                content = self.process.stdout.read(int(headers[b"content-length"]))
                self.inbox.put(json.loads(content))
        except (OSError, ValueError, KeyError) as failure:
            self.log.append(f"the client cannot read: {failure!r}")
        self.inbox.put(None)

    def _read_headers(self) -> dict:
        headers = {}
        while (line := self.process.stdout.readline()) not in (b"", b"\r\n"):
            name, _, value = line.partition(b":")
            headers[name.strip().lower()] = value.strip()
        return headers

    def _read_log(self) -> None:
        try:
            for line in self.process.stderr:
                self.log.append(line.decode("utf-8", "replace").rstrip())
        except (OSError, ValueError):
            pass
