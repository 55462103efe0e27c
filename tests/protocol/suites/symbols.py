"""References, highlights, the kinds of definitions, rename and semantic tokens over the wire."""

from bench import Bench, CHILD, PARENT, capabilities, expect, span
from client import ServerError

LINE = next(number for number, it in enumerate(PARENT.splitlines()) if "relationship(" in it)
OTHER = next(number for number, it in enumerate(CHILD.splitlines()) if "    parent = " in it)
TARGET = PARENT.splitlines()[LINE].index("Child")
USE = "from parent import Parent\n\n\ndef use(it):\n    Parent(children=[]).children\n    it.children\n"


TOKENS = {"requests": {"full": True}, "tokenTypes": ["class", "property", "struct"], "tokenModifiers": [], "formats": ["relative"]}


def asking() -> dict:
    """A client that can ask about single edits."""
    res = capabilities()
    res["workspace"] = res["workspace"] | {"workspaceEdit": {"documentChanges": True, "changeAnnotationSupport": {}}}
    res["textDocument"] = res["textDocument"] | {"rename": {"prepareSupport": True}, "semanticTokens": TOKENS}
    return res


def started(bench: Bench, client: dict):
    """The usual files and one that has no model, all on disk."""
    from bench import FILES

    session = bench.session(FILES | {"use.py": USE}).initialize(client)
    session.indexed()
    session.open("parent.py")
    return session


def test_references_in_files_without_models(bench: Bench):
    """References are found in strings, in code and in files that hold no model; the definition only if it is wanted."""
    session = started(bench, capabilities())
    place = session.at("parent.py", LINE, 6)
    found = session.request("textDocument/references", place | {"context": {"includeDeclaration": False}})
    column = CHILD.splitlines()[OTHER].index("children")
    wanted = {
        (session.uri("child.py"), OTHER, column),
        (session.uri("use.py"), 4, 11),
        (session.uri("use.py"), 4, 24),
    }
    expect({(it["uri"], it["range"]["start"]["line"], it["range"]["start"]["character"]) for it in found}, wanted)
    whole = session.request("textDocument/references", place | {"context": {"includeDeclaration": True}})
    expect(len(whole), len(found) + 1)


def test_highlights_and_kinds_of_definitions(bench: Bench):
    """A relationship leads to its class, to its other side, and is marked where it stands."""
    session = started(bench, capabilities())
    [mark] = session.request("textDocument/documentHighlight", session.at("parent.py", LINE, 6))
    expect(mark, {"range": span(LINE, 4, 12), "kind": 3})
    [found] = session.request("textDocument/typeDefinition", session.at("parent.py", LINE, 6))
    expect(found["uri"], session.uri("child.py"))
    [found] = session.request("textDocument/implementation", session.at("parent.py", LINE, 6))
    expect((found["uri"], found["range"]), (session.uri("child.py"), span(OTHER, 4, 10)))
    [link] = session.request("textDocument/definition", session.at("parent.py", LINE, 6))
    [found] = session.request("textDocument/declaration", session.at("parent.py", LINE, 6))
    expect((found["uri"], found["range"]), (link["targetUri"], link["targetSelectionRange"]))
    expect(session.request("textDocument/references", session.at("parent.py", 0, 0) | {"context": {"includeDeclaration": True}}), None)


def test_rename_with_questions(bench: Bench):
    """A rename reaches all files, and asks where it cannot be sure."""
    session = started(bench, asking())
    expect(session.offered["renameProvider"], {"prepareProvider": True})
    place = session.at("parent.py", LINE, 6)
    expect(session.request("textDocument/prepareRename", place), {"range": span(LINE, 4, 12), "placeholder": "children"})
    edit = session.request("textDocument/rename", place | {"newName": "kids"})
    found = {it["textDocument"]["uri"]: it["edits"] for it in edit["documentChanges"]}
    expect(set(found), {session.uri(name) for name in ("parent.py", "child.py", "use.py")})
    expect([it.get("annotationId") for it in found[session.uri("use.py")]], [None, None, "doubtful"])
    expect(edit["changeAnnotations"]["doubtful"]["needsConfirmation"], True)
    expect(session.request("textDocument/prepareRename", session.at("parent.py", 0, 0)), None)


def test_rename_without_questions(bench: Bench):
    """A client that cannot ask is told why a rename is refused, and given one that is sure."""
    session = started(bench, capabilities())
    place = session.at("parent.py", LINE, 6)
    for name in ("kids", "2nd", "id"):
        try:
            session.request("textDocument/rename", place | {"newName": name})
        except ServerError as refusal:
            expect(refusal.code, -32803)
        else:
            raise AssertionError(f"{name} is not refused")
    edit = session.request("textDocument/rename", session.at("parent.py", LINE, TARGET) | {"newName": "Kid"})
    expect(set(edit["changes"]), {session.uri("parent.py"), session.uri("child.py")})


def test_semantic_tokens(bench: Bench):
    """The names in strings are told apart, each counted from the one before."""
    session = started(bench, asking())
    legend = session.offered["semanticTokensProvider"]["legend"]["tokenTypes"]
    data = session.request("textDocument/semanticTokens/full", {"textDocument": {"uri": session.uri("parent.py")}})["data"]
    line, column, found = 0, 0, []
    for at in range(0, len(data), 5):
        line, column = line + data[at], data[at + 1] + (column if data[at] == 0 else 0)
        found.append((line, column, data[at + 2], legend[data[at + 3]]))
    text = PARENT.splitlines()
    named = [(text[line][column:column + length], kind) for line, column, length, kind in found]
    expect(named, [("parent", "struct"), ("Child", "class"), ("parent", "property")])
