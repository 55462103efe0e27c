"""What a test works with: a folder of files, a session that is set up, and short words for what an editor does.

Owns the everyday conversation; the tests own what must come out of it.
"""

import shutil
import tempfile
from pathlib import Path

from client import Client

BASE = "from sqlalchemy.orm import declarative_base\n\nBase = declarative_base()\n"

HEAD = "from sqlalchemy import Column, ForeignKey, Integer\nfrom sqlalchemy.orm import relationship\nfrom base import Base\n\n\n"

PARENT = HEAD + '''class Parent(Base):
    __tablename__ = "parent"
    id = Column(Integer, primary_key=True)
    children = relationship("Child", back_populates="parent")
'''

CHILD = HEAD + '''class Child(Base):
    __tablename__ = "child"
    id = Column(Integer, primary_key=True)
    parent_id = Column(Integer, ForeignKey("parent.id"))
    parent = relationship("Parent", back_populates="children")
'''

FILES = {"base.py": BASE, "parent.py": PARENT, "child.py": CHILD}

CAPABILITIES = {
    "general": {"positionEncodings": ["utf-16"]},
    "window": {"workDoneProgress": True},
    "workspace": {
        "workspaceFolders": True,
        "didChangeWatchedFiles": {"dynamicRegistration": True},
        "diagnostics": {"refreshSupport": True},
    },
    "textDocument": {
        "synchronization": {},
        "publishDiagnostics": {"relatedInformation": True, "codeDescriptionSupport": True, "versionSupport": True},
        "definition": {"linkSupport": True},
        "hover": {"contentFormat": ["markdown", "plaintext"]},
        "completion": {"completionItem": {"documentationFormat": ["markdown"]}},
    },
}

PULL = {"relatedInformation": True, "codeDescriptionSupport": True}


class Skip(Exception):
    """A test that cannot run here, and why."""


def capabilities(pull=False, encodings=None) -> dict:
    """A client's capabilities."""
    res = {**CAPABILITIES, "textDocument": {**CAPABILITIES["textDocument"]}}
    if pull:
        res["textDocument"]["diagnostic"] = PULL
    if encodings is not None:
        res["general"] = {"positionEncodings": encodings}
    return res


class Session(Client):
    """A client that speaks of documents."""

    def __init__(self, root: Path, **popen):
        super().__init__(**popen)
        self.root = root
        self.versions: dict[str, int] = {}
        self.offered: dict = {}

    def initialize(self, client=None, folders=None, **more):
        """Agrees with the server and says that the client is ready."""
        folders = [self.root] if folders is None else folders
        params = {
            "processId": None, "rootUri": None, "capabilities": client if client is not None else capabilities(),
            "workspaceFolders": [{"uri": folder.as_uri(), "name": folder.name} for folder in folders], **more,
        }
        self.offered = self.request("initialize", params)["capabilities"]
        self.notify("initialized", {})
        return self

    def uri(self, name: str) -> str:
        """The URI of a file of the root."""
        return (self.root / name).as_uri()

    def open(self, name: str, text: str | None = None, version: int = 1) -> None:
        """Opens a document, with the text on disk by default."""
        text = (self.root / name).read_text(encoding="utf-8") if text is None else text
        self.versions[name] = version
        document = {"uri": self.uri(name), "languageId": "python", "version": version, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": document})

    def change(self, name: str, *changes, version: int | None = None) -> int:
        """Changes a document: each change is `(range, text)`, or a whole text."""
        version = self.versions[name] + 1 if version is None else version
        self.versions[name] = max(version, self.versions[name])
        events = [{"text": it} if isinstance(it, str) else {"range": it[0], "text": it[1]} for it in changes]
        document = {"uri": self.uri(name), "version": version}
        self.notify("textDocument/didChange", {"textDocument": document, "contentChanges": events})
        return version

    def close_document(self, name: str) -> None:
        """Closes a document."""
        self.notify("textDocument/didClose", {"textDocument": {"uri": self.uri(name)}})

    def watched(self, *names: str, kind: int = 2) -> None:
        """Says that files changed on disk."""
        changes = [{"uri": self.uri(name), "type": kind} for name in names]
        self.notify("workspace/didChangeWatchedFiles", {"changes": changes})

    def text(self, name: str) -> dict | None:
        """The server's text and version of an open document."""
        return self.request("relmodel/documentText", {"uri": self.uri(name)})

    def at(self, name: str, line: int, character: int) -> dict:
        """Parameters that name a place."""
        return {"textDocument": {"uri": self.uri(name)}, "position": {"line": line, "character": character}}

    def pull(self, name: str, previous: str | None = None) -> dict:
        """The document's findings, asked for."""
        params = {"textDocument": {"uri": self.uri(name)}}
        return self.request("textDocument/diagnostic", params | ({"previousResultId": previous} if previous else {}))

    def published(self, name: str) -> dict | None:
        """What was last pushed for a document."""
        own = [it for it in self.sent("textDocument/publishDiagnostics") if it["uri"] == self.uri(name)]
        return own[-1] if own else None

    def codes(self, name: str) -> list[str] | None:
        """The codes that were last pushed for a document; None if nothing was."""
        last = self.published(name)
        return None if last is None else [it["code"] for it in last["diagnostics"]]

    def await_codes(self, name: str, *codes: str, version: int | None = None) -> dict:
        """Waits until exactly these codes are what was last pushed, for this version if one is given."""
        def arrived():
            last = self.published(name)
            return last is not None and self.codes(name) == list(codes) and (version is None or last.get("version") == version)

        try:
            self.wait(arrived, f"{list(codes)} in {name}")
        except TimeoutError as failure:
            raise TimeoutError(f"{failure}; the last was {self.published(name)}") from None
        return self.published(name)

    def leave(self) -> int:
        """Shuts down and exits as a client should; the status of the server."""
        self.request("shutdown")
        self.notify("exit")
        return self.exit_status()

    def indexed(self) -> None:
        """Waits until the end of indexing is told."""
        self.wait(lambda: any(it["value"]["kind"] == "end" for it in self.sent("$/progress")), "the end of indexing")


class Bench:
    """The folder and the sessions of one test."""

    def __init__(self):
        self.root = Path(tempfile.mkdtemp(prefix="relmodel-protocol-")).resolve()
        self.sessions: list[Session] = []

    def write(self, files: dict[str, str | bytes], below: str = "") -> Path:
        """Writes files."""
        for name, content in files.items():
            path = self.root / below / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return self.root / below

    def session(self, files=None, **popen) -> Session:
        """A server in a folder with these files, the usual ones by default. Nothing was said to it yet."""
        self.write(FILES if files is None else files)
        self.sessions.append(Session(self.root, **popen))
        return self.sessions[-1]

    def started(self, files=None, pull=False, **initialize) -> Session:
        """A session that is initialized."""
        return self.session(files).initialize(capabilities(pull=pull), **initialize)

    def complaints(self) -> list[str]:
        """What the servers logged of note, the last lines."""
        lines = [line for session in self.sessions for line in session.log if "INFO" not in line]
        return lines[-8:]

    def close(self) -> None:
        """Ends and removes everything."""
        for session in self.sessions:
            session.close()
        shutil.rmtree(self.root, ignore_errors=True)


def span(line: int, start: int, end: int | None = None) -> dict:
    """A range on one line; empty by default."""
    return {"start": {"line": line, "character": start}, "end": {"line": line, "character": start if end is None else end}}


def expect(found, wanted, what: str = "") -> None:
    """Fails if two things differ."""
    if found != wanted:
        raise AssertionError(f"{what + ': ' if what else ''}found {found!r}, wanted {wanted!r}")
