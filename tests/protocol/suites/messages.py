"""Messages that are wrong in every way: an error answer or nothing, and the session goes on."""

import json
import random

from bench import Bench, expect
from client import ServerError, frame

PARSE_ERROR, INVALID_REQUEST, METHOD_NOT_FOUND, INVALID_PARAMS = -32700, -32600, -32601, -32602


def alive(session, what: str = "") -> None:
    """The server still answers."""
    try:
        session.request("relmodel/documentText", {"uri": session.uri("parent.py")})
    except (EOFError, TimeoutError, OSError) as failure:
        raise AssertionError(f"the server is gone after {what}: {failure}") from None


def stray(session, code: int, what: str) -> dict:
    """Waits for an answer to no request of ours, with this error."""
    session.wait(lambda: session.strays, f"an answer to {what}")
    answer = session.strays.pop(0)
    expect(answer.get("error", {}).get("code"), code, what)
    return answer


def test_bad_json(bench: Bench):
    """Content that is no JSON is answered by a parse error; the next message is understood."""
    session = bench.started()
    for content in [b"{", b"nonsense", b"\xff\xfe\x00", b'{"jsonrpc": "2.0", "id": 1, "method"', b"[" * 100_000]:
        session.send_bytes(frame(content))
        expect(stray(session, PARSE_ERROR, repr(content[:30]))["id"], None)
        alive(session, repr(content[:30]))


def test_no_requests(bench: Bench):
    """JSON that is no message of the protocol is answered by an invalid-request error, with its id where it has one."""
    session = bench.started()
    for value, number in [
        (17, None), ("x", None), (None, None), ([], None), ({}, None), ({"jsonrpc": "2.0", "id": 900}, 900),
        ({"id": 901, "method": "shutdown"}, 901), ({"jsonrpc": "1.0", "id": 902, "method": "shutdown"}, 902),
        ({"jsonrpc": "2.0", "id": 903, "method": 5}, 903), ({"jsonrpc": "2.0", "id": {"a": 1}, "method": "x"}, None),
        ([{"jsonrpc": "2.0", "id": 904, "method": "shutdown"}], None),
    ]:
        session.send(value)
        expect(stray(session, INVALID_REQUEST, json.dumps(value))["id"], number, json.dumps(value))
    alive(session)


def test_unasked_responses(bench: Bench):
    """Answers to questions that were never asked, or of no form at all, are dropped."""
    session = bench.started()
    for value in [
        {"jsonrpc": "2.0", "id": 99, "result": None}, {"jsonrpc": "2.0", "id": "x", "error": {"code": 1, "message": "x"}},
        {"jsonrpc": "2.0", "id": 5, "error": "wrong"}, {"jsonrpc": "2.0", "result": 1}, {"id": None, "result": 1},
    ]:
        session.send(value)
    alive(session)
    session.settle(0.3)
    expect(session.strays, [])


def test_bad_headers(bench: Bench):
    """Headers without a usable length are answered by a parse error; the next message is found."""
    session = bench.started()
    for content in [
        b"Content-Length: x\r\n\r\n{}", b"Content-Length: -1\r\n\r\n", b"Content-Length:\r\n\r\n", b"Hello: world\r\n\r\n",
        b"Content-Length: 99999999999999999999999\r\n\r\n", b"Content-Length: 1e3\r\n\r\nabc",
    ]:
        session.send_bytes(content)
        session.send_bytes(b"\r\n")
        alive(session, repr(content))
        stray(session, PARSE_ERROR, repr(content))
        session.strays.clear()


def test_odd_headers(bench: Bench):
    """Headers in another order, case or number are read; content in pieces is put together."""
    session = bench.started()
    content = json.dumps({"jsonrpc": "2.0", "id": 1000, "method": "relmodel/documentText", "params": {"uri": "file:///x.py"}}).encode()
    for header in [
        b"Content-Type: application/vscode-jsonrpc; charset=utf-8\r\nContent-Length: %d\r\n\r\n", b"content-length:%d\r\n\r\n",
        b"CONTENT-LENGTH:   %d  \r\nX-Other: 1\r\nX-More: 2\r\nX-Still: 3\r\n\r\n", b"Content-Type: x\r\nContent-Length: %d\r\n\r\n",
        b"garbage before itContent-Length: %d\r\n\r\n",
    ]:
        for byte in header % len(content) + content:
            session.send_bytes(bytes([byte]))
        session.wait(lambda: session.strays, repr(header))
        expect((session.strays[0]["id"], session.strays.pop(0).get("result", "missing")), (1000, None), repr(header))


def test_unknown_methods(bench: Bench):
    """An unknown request is answered by method-not-found; unknown notifications and `$/` messages are dropped."""
    session = bench.started()
    for method in ("textDocument/nothing", "", "x" * 10_000, "relmodel/nothing"):
        try:
            session.request(method, {})
            raise AssertionError(f"{method[:20]} was answered")
        except ServerError as error:
            expect(error.code, METHOD_NOT_FOUND, method[:20])
    for method in ("textDocument/nothing", "$/nothing", "$/setTrace"):
        session.notify(method, {"value": "off"})
    alive(session)
    expect(session.strays, [])


def test_wrong_params(bench: Bench):
    """A request with parameters of the wrong form is answered by invalid-params; such notifications are dropped."""
    session = bench.started()
    wrong = [None, [], "x", 5, {}, {"textDocument": 1}, {"textDocument": {"uri": "not a uri"}, "position": {"line": 0, "character": 0}},
             {"textDocument": {"uri": "file:///x.py"}, "position": {"line": -1, "character": 0}},
             {"textDocument": {"uri": "file:///x.py"}, "position": {"line": 1e99, "character": 0}}]
    for method in ("textDocument/hover", "textDocument/definition", "textDocument/completion"):
        for params in wrong:
            try:
                session.request(method, params)
                raise AssertionError(f"{method} {params} was answered")
            except ServerError as error:
                expect(error.code, INVALID_PARAMS, f"{method} {params}")
    for method in ("textDocument/didOpen", "textDocument/didChange", "textDocument/didClose", "workspace/didChangeWatchedFiles",
                   "workspace/didChangeWorkspaceFolders", "$/cancelRequest", "initialized"):
        for params in wrong:
            session.notify(method, params)
    alive(session)
    expect(session.strays, [])


def test_odd_documents(bench: Bench):
    """Changes and closes of documents that are not open, documents opened twice, and odd URIs harm nothing."""
    session = bench.started()
    session.versions["none.py"] = 1
    session.change("none.py", "x")
    session.close_document("none.py")
    session.open("parent.py", "a")
    session.open("parent.py", "b")
    expect(session.text("parent.py")["text"], "b")
    for uri in ("file:///", "file://host/share/x.py", "file:x.py", "untitled:", "http://example.org/x.py", "a:b", "file:///x%00.py", "file:///%ff.py"):
        session.notify("textDocument/didOpen", {"textDocument": {"uri": uri, "languageId": "python", "version": 1, "text": "x"}})
        document = {"uri": uri, "version": 2}
        session.notify("textDocument/didChange", {"textDocument": document, "contentChanges": [{"text": "class A(Base): pass"}]})
        session.request("textDocument/hover", {"textDocument": {"uri": uri}, "position": {"line": 0, "character": 7}})
        session.notify("textDocument/didClose", {"textDocument": {"uri": uri}})
    alive(session)


def test_noise(bench: Bench):
    """2,000 random mutations of ordinary messages: the server lives on and still knows its text."""
    session = bench.started()
    dice = random.Random(2)
    session.open("parent.py")
    before = session.text("parent.py")["text"]
    messages = [
        {"jsonrpc": "2.0", "id": 5000, "method": "textDocument/hover", "params": session.at("child.py", 3, 4)},
        {"jsonrpc": "2.0", "id": 5001, "method": "textDocument/completion", "params": session.at("child.py", 3, 4)},
        {"jsonrpc": "2.0", "method": "textDocument/didClose", "params": {"textDocument": {"uri": session.uri("child.py")}}},
        {"jsonrpc": "2.0", "method": "workspace/didChangeWatchedFiles", "params": {"changes": [{"uri": session.uri("child.py"), "type": 2}]}},
        {"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {"id": 3}},
    ]
    for _ in range(2000):
        content = bytearray(json.dumps(dice.choice(messages)).encode())
        for _ in range(dice.randint(1, 4)):
            content[dice.randrange(len(content))] = dice.choice(b'{}[]":,0159xtfn \\')
        if b"exit" not in content and b"shutdown" not in content:
            session.send_bytes(frame(bytes(content)))
    expect(session.text("parent.py")["text"], before)


def test_long_messages(bench: Bench):
    """A message of several megabytes passes both ways."""
    session = bench.started()
    text = "# 😀 long\n" * 400_000
    session.open("long.py", text)
    expect(session.text("long.py")["text"] == text, True)


def test_cancellation(bench: Bench):
    """A cancelled request is answered, by its result or by RequestCancelled; cancelling anything else harms nothing."""
    session = bench.started()
    session.open("parent.py")
    cancelled = 0
    for number in range(100):
        # The held change makes the request wait, so that it can be cancelled.
        session.change("parent.py", "", version=1000 * (number + 2))
        request = session.start("textDocument/definition", session.at("parent.py", 0, 0))
        session.notify("$/cancelRequest", {"id": request})
        try:
            session.result(request)
        except ServerError as error:
            expect(error.code, -32800)
            cancelled += 1
    for number in (999_999, "x", -1):
        session.notify("$/cancelRequest", {"id": number})
    alive(session)
    expect(cancelled > 0, True, "no request was cancelled")


def test_many_requests_at_once(bench: Bench):
    """500 requests sent without waiting are all answered, changes among them."""
    session = bench.started()
    session.open("parent.py")
    numbers = []
    for number in range(500):
        if number % 10 == 0:
            session.change("parent.py", ({"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}}, "#"))
        numbers.append(session.start(["textDocument/hover", "textDocument/completion", "textDocument/definition"][number % 3], session.at("parent.py", 8, 30)))
    refused = 0
    for number in numbers:
        try:
            session.result(number)
        except ServerError as error:
            expect(error.code, -32801)
            refused += 1
    expect(refused < 100, True, f"{refused} of 500 were refused as modified")
