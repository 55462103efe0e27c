"""Findings: pushed or pulled, never both; they come, move and go with the text, over files."""

import time

from bench import Bench, CHILD, HEAD, PARENT, expect, span

WRONG = PARENT.replace('"Child"', '"Chlid"')
LINE = next(number for number, it in enumerate(PARENT.splitlines()) if "relationship(" in it)
COLUMN = PARENT.splitlines()[LINE].index("Child")


def test_push(bench: Bench):
    """A finding is pushed with code, severity, source, link, range and the document's version; it goes after the fix."""
    session = bench.started()
    session.open("parent.py", WRONG, version=7)
    found = session.await_codes("parent.py", "unresolved-name", version=7)["diagnostics"][0]
    expect(found["range"], span(LINE, COLUMN, COLUMN + 5))
    expect((found["severity"], found["source"]), (1, "relmodel"))
    expect(found["codeDescription"]["href"].startswith("https://"), True)
    version = session.change("parent.py", (span(LINE, COLUMN, COLUMN + 5), "Child"))
    session.await_codes("parent.py", version=version)


def test_push_of_files_that_are_not_open(bench: Bench):
    """Findings in files on disk are pushed without opening them; related places are told."""
    wrong = CHILD.replace('back_populates="children"', 'back_populates="kids"')
    session = bench.started({"base.py": "", "parent.py": PARENT, "child.py": wrong} | {"base.py": "from sqlalchemy.orm import declarative_base\nBase = declarative_base()\n"})
    found = session.await_codes("child.py", "back-populates-missing")["diagnostics"][0]
    related = found.get("relatedInformation", [])
    expect([it["location"]["uri"] for it in related], [session.uri("parent.py")])


def test_never_both(bench: Bench):
    """A client that pulls is never pushed to."""
    session = bench.started(pull=True)
    session.open("parent.py", WRONG)
    expect([it["code"] for it in session.pull("parent.py")["items"]], ["unresolved-name"])
    session.change("parent.py", (span(LINE, COLUMN, COLUMN + 5), "Child"))
    expect(session.pull("parent.py")["items"], [])
    session.settle(1.0)
    expect(session.sent("textDocument/publishDiagnostics"), [])


def test_pull_ids(bench: Bench):
    """A pull with the last result's id is answered by `unchanged`, and in full after a change that matters."""
    session = bench.started(pull=True)
    session.open("parent.py", WRONG)
    first = session.pull("parent.py")
    expect(first["kind"], "full")
    expect(session.pull("parent.py", first["resultId"]), {"kind": "unchanged", "resultId": first["resultId"]})
    session.change("parent.py", (span(0, 0), "\n"))
    moved = session.pull("parent.py", first["resultId"])
    expect(moved["items"][0]["range"], span(LINE + 1, COLUMN, COLUMN + 5))


def test_pull_at_once(bench: Bench):
    """A pull that is sent behind the change, without waiting, speaks of the text just typed: 100 times of 100."""
    session = bench.started(pull=True)
    session.open("parent.py")
    for number in range(50):
        session.change("parent.py", (span(LINE, COLUMN, COLUMN + 5), "Chlid"))
        expect([it["code"] for it in session.pull("parent.py")["items"]], ["unresolved-name"], f"wrong {number}")
        session.change("parent.py", (span(LINE, COLUMN, COLUMN + 5), "Child"))
        expect(session.pull("parent.py")["items"], [], f"right {number}")


def test_pull_workspace(bench: Bench):
    """A pull of the workspace names the files with findings, unchanged ones by their ids, and mended ones as empty."""
    session = bench.started({"base.py": "from sqlalchemy.orm import declarative_base\nBase = declarative_base()\n", "parent.py": WRONG, "child.py": CHILD}, pull=True)
    first = session.request("workspace/diagnostic", {"previousResultIds": []})["items"]
    expect([(it["uri"], it["kind"]) for it in first if it["items"]], [(session.uri("parent.py"), "full")] + [
        (it["uri"], "full") for it in first if it["items"] and it["uri"] != session.uri("parent.py")
    ])
    ids = [{"uri": it["uri"], "value": it["resultId"]} for it in first]
    again = session.request("workspace/diagnostic", {"previousResultIds": ids})["items"]
    expect({it["kind"] for it in again}, {"unchanged"})
    session.open("parent.py", PARENT)
    mended = session.request("workspace/diagnostic", {"previousResultIds": ids})["items"]
    expect([it["items"] for it in mended if it["uri"] == session.uri("parent.py")], [[]])


def test_refresh(bench: Bench):
    """A client that pulls is asked to do it again when the findings of another file changed, and only then."""
    session = bench.started(pull=True)
    session.open("parent.py")
    session.open("child.py")
    expect((session.pull("parent.py")["items"], session.pull("child.py")["items"]), ([], []))
    session.settle(0.5)
    expect(len(session.sent("workspace/diagnostic/refresh")), 0, "refreshed for nothing")
    line = CHILD.splitlines().index("class Child(Base):")
    session.change("child.py", (span(line, 6, 11), "Kid"))
    session.wait(lambda: session.sent("workspace/diagnostic/refresh"), "a refresh")
    expect([it["code"] for it in session.pull("parent.py")["items"]], ["unresolved-name"])


def test_other_files_follow(bench: Bench):
    """A change in one file mends and breaks the findings of another, open or not; files that stay equal are not
    pushed again."""
    session = bench.started()
    session.indexed()
    session.open("child.py")
    session.await_codes("child.py")
    line = CHILD.splitlines().index("class Child(Base):")
    before = len(session.sent("textDocument/publishDiagnostics"))
    session.change("child.py", (span(line, 6, 11), "Kid"))
    session.await_codes("parent.py", "unresolved-name")
    session.change("child.py", (span(line, 6, 9), "Child"))
    session.await_codes("parent.py")
    session.settle(0.5)
    uris = {it["uri"] for it in session.sent("textDocument/publishDiagnostics")[before:]}
    expect(uris, {session.uri("parent.py"), session.uri("child.py")})


def test_invariant_a_finding_never_outlives_its_text(bench: Bench):
    """While one types, what is pushed carries the version it was computed from: its range fits the text of that
    version."""
    session = bench.started()
    session.open("parent.py", WRONG)
    texts = {1: WRONG}
    for number in range(120):
        texts[session.change("parent.py", (span(0, 0), "\n"))] = None
        if number % 3 == 0:
            time.sleep(0.01)
    last = session.versions["parent.py"]
    session.wait(lambda: (session.published("parent.py") or {}).get("version") == last, "the last version")
    for it in session.sent("textDocument/publishDiagnostics"):
        if it["uri"] == session.uri("parent.py") and it["diagnostics"]:
            expect(it["diagnostics"][0]["range"]["start"]["line"], LINE + it["version"] - 1, f"version {it['version']}")


def test_invariant_a_half_typed_line_stays_local(bench: Bench):
    """While a relationship is typed character by character, no finding appears on another line or in another file."""
    session = bench.started()
    session.open("parent.py")
    session.await_codes("parent.py")
    session.settle(0.3)
    start = len(session.sent("textDocument/publishDiagnostics"))
    line = len(PARENT.splitlines())
    for column, character in enumerate('    other = relationship("Child", back_populates="parent", viewonly=True)'):
        session.change("parent.py", (span(line, column), character))
        session.settle(0.05)
    session.settle(0.5)
    for it in session.sent("textDocument/publishDiagnostics")[start:]:
        for finding in it["diagnostics"]:
            expect((it["uri"], finding["range"]["start"]["line"]), (session.uri("parent.py"), line), finding["message"])


def test_closed_document_keeps_findings_of_its_disk_text(bench: Bench):
    """Closing a document without saving brings back the findings of the text on disk."""
    session = bench.started()
    session.open("parent.py", WRONG)
    session.await_codes("parent.py", "unresolved-name")
    session.close_document("parent.py")
    session.await_codes("parent.py")


def test_unsaved_document(bench: Bench):
    """A document that was never saved has findings too, and they go when it is closed."""
    session = bench.started({})
    session.notify("textDocument/didOpen", {"textDocument": {
        "uri": "untitled:Untitled-1", "languageId": "python", "version": 1,
        "text": HEAD.replace("from base import Base", "from sqlalchemy.orm import declarative_base\nBase = declarative_base()")
        + "class A(Base):\n    __tablename__ = 'a'\n",
    }})

    def last():
        own = [it for it in session.sent("textDocument/publishDiagnostics") if it["uri"] == "untitled:Untitled-1"]
        return [it["code"] for it in own[-1]["diagnostics"]] if own else None

    session.wait(lambda: last() == ["no-primary-key"], "a finding in the unsaved document")
    session.notify("textDocument/didClose", {"textDocument": {"uri": "untitled:Untitled-1"}})
    session.wait(lambda: last() == [], "its end")


def test_spelling_of_uris(bench: Bench):
    """Findings are pushed under the client's own spelling of a URI."""
    session = bench.started()
    uri = session.uri("parent.py").replace("parent", "p%61rent")
    session.notify("textDocument/didOpen", {"textDocument": {"uri": uri, "languageId": "python", "version": 1, "text": WRONG}})
    session.wait(lambda: [it for it in session.sent("textDocument/publishDiagnostics") if it["uri"] == uri and it["diagnostics"]], "it")


def test_other_languages_are_left_alone(bench: Bench):
    """A document in another language is no concern of ours."""
    session = bench.started()
    document = {"uri": session.uri("notes.md"), "languageId": "markdown", "version": 1, "text": WRONG}
    session.notify("textDocument/didOpen", {"textDocument": document})
    expect(session.text("notes.md"), None)
    session.settle(0.3)
    expect(session.published("notes.md"), None)
