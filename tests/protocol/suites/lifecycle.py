"""Beginning and end of a session: what is offered, what is refused, when the server leaves."""

import json
import subprocess
import sys
import time

from bench import FILES, HEAD, Bench, capabilities, expect
from client import LIMIT, ServerError, binary, frame


def refused(session, code: int, method: str, params=None) -> None:
    """A request must be answered by this error."""
    try:
        result = session.request(method, params)
    except ServerError as error:
        expect(error.code, code, method)
    else:
        raise AssertionError(f"{method} was answered by {result!r}")


def test_offers(bench: Bench):
    """Offers incremental sync, definition, completion after a quote, and hover; says who it is."""
    session = bench.session()
    answer = session.request("initialize", {"processId": None, "rootUri": bench.root.as_uri(), "capabilities": capabilities()})
    offered = answer["capabilities"]
    expect(answer["serverInfo"]["name"], "relmodel")
    expect(offered["textDocumentSync"]["change"], 2)
    expect(offered["definitionProvider"], True)
    expect(offered["hoverProvider"], True)
    expect({'"', "'"} <= set(offered["completionProvider"]["triggerCharacters"]), True)
    expect("diagnosticProvider" in offered, False, "a client that cannot pull is offered it")


def test_offers_pull(bench: Bench):
    """A client that can pull is offered it, over files and the workspace."""
    session = bench.started(pull=True)
    provider = session.offered["diagnosticProvider"]
    expect((provider["interFileDependencies"], provider["workspaceDiagnostics"]), (True, True))


def test_neovim_pulls_open_files_only(bench: Bench):
    """Neovim, asked to pull again, would pull all files at once and drop what that says of open ones; it is not offered it."""
    session = bench.started(pull=True, clientInfo={"name": "Neovim", "version": "0.12.4"})
    provider = session.offered["diagnosticProvider"]
    expect((provider["interFileDependencies"], provider["workspaceDiagnostics"]), (True, False))


def test_smallest_client(bench: Bench):
    """A client without a single capability and without a root is served."""
    session = bench.session()
    session.request("initialize", {"processId": None, "rootUri": None, "capabilities": {}})
    session.notify("initialized", {})
    session.open("parent.py", (bench.root / "parent.py").read_text().replace('"Child"', '"Chlid"'))
    session.await_codes("parent.py", "unresolved-name")
    expect(session.sent("window/workDoneProgress/create") + session.sent("client/registerCapability"), [])
    expect(session.leave(), 0)


def test_root_uri(bench: Bench):
    """An older client names one root."""
    session = bench.session()
    session.initialize(workspaceFolders=None, rootUri=bench.root.as_uri())
    session.open("parent.py")
    session.await_codes("parent.py")


def test_before_initialize(bench: Bench):
    """A request before `initialize` is refused with ServerNotInitialized; a notification is dropped."""
    session = bench.session()
    session.notify("textDocument/didOpen", {"textDocument": {}})
    refused(session, -32002, "textDocument/hover", session.at("parent.py", 0, 0))
    refused(session, -32002, "shutdown")
    session.initialize()
    expect(session.leave(), 0)


def test_initialize_twice(bench: Bench):
    """A second `initialize` is refused, and the first holds."""
    session = bench.started()
    refused(session, -32600, "initialize", {"processId": None, "rootUri": None, "capabilities": {}})
    session.open("parent.py")
    session.await_codes("parent.py")


def test_after_shutdown(bench: Bench):
    """After `shutdown` every request is refused; `exit` then ends with status 0."""
    session = bench.started()
    session.request("shutdown")
    refused(session, -32600, "textDocument/hover", session.at("parent.py", 0, 0))
    session.notify("exit")
    expect(session.exit_status(), 0)


def test_exit_without_shutdown(bench: Bench):
    """`exit` without `shutdown` ends with status 1."""
    session = bench.started()
    session.notify("exit")
    expect(session.exit_status(), 1)


def test_exit_before_initialize(bench: Bench):
    """`exit` ends the server at any time."""
    session = bench.session()
    session.notify("exit")
    expect(session.exit_status(), 1)


def test_exit_keeps_no_one_waiting(bench: Bench):
    """`exit` ends the server although the input stays open, within two seconds."""
    session = bench.started()
    session.request("shutdown")
    started = time.monotonic()
    session.notify("exit")
    session.exit_status()
    expect(time.monotonic() - started < 2.0, True, f"it took {time.monotonic() - started:.1f} s")


def test_end_of_input(bench: Bench):
    """The end of the input ends the server: status 1, or 0 after `shutdown`."""
    for shuts_down, status in [(False, 1), (True, 0)]:
        session = bench.started()
        if shuts_down:
            session.request("shutdown")
        session.process.stdin.close()
        expect(session.exit_status(), status, f"shutdown: {shuts_down}")


def test_end_of_input_at_once(bench: Bench):
    """An input that ends before the first message ends the server."""
    session = bench.session()
    session.process.stdin.close()
    expect(session.exit_status(), 1)


def test_client_dies(bench: Bench):
    """The server leaves when the client's process is gone, even if another process keeps the input open."""
    session = bench.session()
    client = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(1000)"])
    try:
        session.initialize(processId=client.pid)
        time.sleep(0.3)
        expect(session.process.poll(), None, "the server left while the client lived")
    finally:
        client.kill()
        client.wait()
    expect(session.exit_status() != 0, True, "status")


def test_client_that_cannot_be_seen(bench: Bench):
    """A process id that does not exist here, as from another container, does not end the server."""
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    session = bench.session().initialize(processId=gone.pid)
    session.settle(1.5)
    session.open("parent.py")
    session.await_codes("parent.py")


def test_client_stops_reading(bench: Bench):
    """A client that closes its end of the output and then the input does not leave a server behind."""
    server = subprocess.Popen([str(binary().resolve()), "server"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    try:
        server.stdout.close()
        for number in range(20):
            message = {"jsonrpc": "2.0", "id": number, "method": "initialize", "params": {"processId": None, "rootUri": None, "capabilities": {}}}
            server.stdin.write(frame(json.dumps(message).encode()))
        server.stdin.close()
        expect(server.wait(LIMIT), 1)
    finally:
        server.kill()
        server.wait()


def test_progress(bench: Bench):
    """Indexing shows progress: a token is made, then begin, reports and end."""
    session = bench.started()
    session.indexed()
    token = session.sent("window/workDoneProgress/create")[0]["token"]
    kinds = [it["value"]["kind"] for it in session.sent("$/progress") if it["token"] == token]
    expect((kinds[0], kinds[-1]), ("begin", "end"))


def test_progress_that_is_never_allowed(bench: Bench):
    """A client that never answers the server's requests is served all the same."""
    session = bench.session()
    session.answers = {name: Ellipsis for name in ("window/workDoneProgress/create", "client/registerCapability")}
    session.initialize()
    session.open("parent.py")
    session.await_codes("parent.py")
    expect(session.leave(), 0)


def test_version(bench: Bench):
    """`relmodel --version` says name and version; editors ask it."""
    done = subprocess.run([str(binary().resolve()), "--version"], capture_output=True, text=True, timeout=LIMIT, check=True)
    expect(done.stdout.split()[0], "relmodel")


def test_definition_while_loading(bench: Bench):
    """Who follows a name while the folder is still being loaded lands where he lands later, in the text of the editor."""
    model = "class M{0}(Base):\n    __tablename__ = 'm{0}'\n    id = Column(Integer, primary_key=True)\n"
    many = {f"many/m{number}.py": HEAD + model.format(number) for number in range(600)}
    session = bench.session(FILES | many).initialize()
    text = "# not saved\n" + (bench.root / "parent.py").read_text()
    line = text[: text.index('"Child"')].count("\n")
    session.open("parent.py", text)
    place = session.at("parent.py", line, text.splitlines()[line].index("Child") + 2)
    early = session.request("textDocument/definition", place)
    session.await_codes("parent.py")
    expect([link["targetUri"] for link in early], [session.uri("child.py")])
    expect(session.request("textDocument/definition", place), early)
