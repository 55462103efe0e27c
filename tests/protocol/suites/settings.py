"""Settings: what the client sends and what files say takes effect at once, whatever is wrong with some of it."""

from bench import Bench, CHILD, FILES, PARENT, capabilities, expect, span

WRONG = PARENT.replace('"Child"', '"Chlid"')
WRONG_FILES = FILES | {"parent.py": WRONG}
CONFIGURABLE = {**capabilities(), "workspace": {
    **capabilities()["workspace"], "configuration": True, "didChangeConfiguration": {"dynamicRegistration": True},
}}


def test_initialization_options(bench: Bench):
    """What is sent with `initialize` holds from the beginning."""
    session = bench.started(WRONG_FILES, initializationOptions={"severity": {"unresolved-name": "hint"}})
    found = session.await_codes("parent.py", "unresolved-name")["diagnostics"][0]
    expect(found["severity"], 4)


def test_features_are_turned_off_by_name(bench: Bench):
    """Each feature has a setting, from an editor in camel case and from a file, and takes effect at once."""
    whole = {"start": {"line": 0, "character": 0}, "end": {"line": 99, "character": 0}}
    session = bench.started()
    session.open("parent.py")
    line = next(number for number, it in enumerate(PARENT.splitlines()) if "relationship(" in it)
    place, document = session.at("parent.py", line, 30), {"textDocument": {"uri": session.uri("parent.py")}}
    asked = {
        "completion": ("textDocument/completion", place), "hover": ("textDocument/hover", place),
        "definition": ("textDocument/definition", place), "documentSymbols": ("textDocument/documentSymbol", document),
        "workspaceSymbols": ("workspace/symbol", {"query": "Parent"}), "codeLens": ("textDocument/codeLens", document),
        "inlayHints": ("textDocument/inlayHint", {**document, "range": whole}),
        "typeHierarchy": ("textDocument/prepareTypeHierarchy", place),
    }
    for name, (method, params) in asked.items():
        session.notify("workspace/didChangeConfiguration", {"settings": {"relmodel": {}}})
        expect(bool(session.request(method, params)), True, f"{name} is on")
        session.notify("workspace/didChangeConfiguration", {"settings": {"relmodel": {"features": {name: False}}}})
        expect(bool(session.request(method, params)), False, f"{name} is off")
    session.notify("workspace/didChangeConfiguration", {"settings": {"relmodel": {"features": {"hovr": False}}}})
    session.wait(lambda: any("unknown feature `hovr`; did you mean `hover`?" in it["message"] for it in session.sent("window/showMessage") + session.sent("window/logMessage")), "the complaint")


def test_client_that_is_asked(bench: Bench):
    """A client that can be asked is asked for the section, at the start and when it says that something changed."""
    session = bench.session(WRONG_FILES)
    settings = {"ignore": ["unresolved-name"], "path": "", "trace": {"server": "off"}}
    session.answers["workspace/configuration"] = lambda params: [settings]
    session.initialize(CONFIGURABLE)
    session.open("parent.py")
    session.await_codes("parent.py")
    expect(session.sent("workspace/configuration")[0]["items"], [{"section": "relmodel"}])
    methods = [it["registrations"][0]["method"] for it in session.sent("client/registerCapability")]
    expect("workspace/didChangeConfiguration" in methods, True)
    settings = {"ignore": None}
    session.notify("workspace/didChangeConfiguration", {"settings": None})
    session.await_codes("parent.py", "unresolved-name")
    expect(session.sent("window/showMessage"), [])


def test_client_that_pushes(bench: Bench):
    """A client that cannot be asked sends its settings when they change; they hold at once, for pulled findings too."""
    session = bench.started(WRONG_FILES, pull=True)
    session.open("parent.py")
    expect([it["code"] for it in session.pull("parent.py")["items"]], ["unresolved-name"])
    session.notify("workspace/didChangeConfiguration", {"settings": {"relmodel": {"ignore": ["unresolved-name"]}}})
    expect(session.pull("parent.py")["items"], [])
    session.notify("workspace/didChangeConfiguration", {"settings": {"relmodel": {}}})
    expect([it["code"] for it in session.pull("parent.py")["items"]], ["unresolved-name"])


def test_refresh(bench: Bench):
    """A client that pulls is asked to do it again when settings change what it was told."""
    session = bench.started(WRONG_FILES, pull=True)
    session.open("parent.py")
    expect(len(session.pull("parent.py")["items"]), 1)
    session.notify("workspace/didChangeConfiguration", {"settings": {"relmodel": {"select": ["no-tablename"]}}})
    session.wait(lambda: session.sent("workspace/diagnostic/refresh"), "a refresh")


def test_bad_settings(bench: Bench):
    """A bad setting of the client is named in a message, and the others hold."""
    session = bench.started(WRONG_FILES, initializationOptions={"igonre": [], "select": ["unresolvd-name"], "severity": {"unresolved-name": "warning"}})
    found = session.await_codes("parent.py", "unresolved-name")["diagnostics"][0]
    expect(found["severity"], 2)
    session.wait(lambda: len(session.sent("window/showMessage")) == 2, "two messages")
    shown = [it["message"] for it in session.sent("window/showMessage")]
    for wanted in ("unknown setting `igonre`; did you mean `ignore`?", "unknown code `unresolvd-name`; did you mean `unresolved-name`?"):
        expect(any(wanted in it for it in shown), True, str(shown))


def test_file_of_settings(bench: Bench):
    """A file of settings that changes is read again: severity, files and paths follow."""
    session = bench.started(WRONG_FILES | {"old/child.py": CHILD, "old/parent.py": WRONG})
    session.await_codes("parent.py", "table-already-defined", "unresolved-name")
    bench.write({"pyproject.toml": "[tool.relmodel]\nexclude = ['old']\n[tool.relmodel.severity]\nunresolved-name = 'warning'\n"})
    session.watched("pyproject.toml", kind=1)
    session.wait(lambda: [it["severity"] for it in session.published("parent.py")["diagnostics"]] == [2], "a warning")
    session.wait(lambda: not session.codes("old/parent.py"), "no findings in what is excluded")
    session.open("old/parent.py")
    session.await_codes("old/parent.py")


def test_ignoring_a_finding(bench: Bench):
    """Every finding offers the comment that ignores it; with the comment it is gone, and a needless one is a hint."""
    client = {**capabilities(), "textDocument": {**capabilities()["textDocument"], "codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix"]}}}}}
    session = bench.session(WRONG_FILES).initialize(client)
    session.open("parent.py")
    found = session.await_codes("parent.py", "unresolved-name")["diagnostics"][0]
    params = {"textDocument": {"uri": session.uri("parent.py")}, "range": found["range"], "context": {"diagnostics": [found]}}
    actions = {it["title"]: it for it in session.request("textDocument/codeAction", params)}
    action = actions["Ignore `unresolved-name` on this line"]
    expect((action["kind"], action.get("isPreferred")), ("quickfix", None))
    [edit] = action["edit"]["changes"][session.uri("parent.py")]
    session.change("parent.py", (edit["range"], edit["newText"]))
    session.await_codes("parent.py")
    line = found["range"]["start"]["line"]
    session.change("parent.py", (span(line, found["range"]["start"]["character"], found["range"]["end"]["character"]), "Child"))
    hint = session.await_codes("parent.py", "unused-ignore")["diagnostics"][0]
    expect(hint["severity"], 4)
