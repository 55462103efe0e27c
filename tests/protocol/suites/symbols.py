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


INSTALLED = """from sqlalchemy import Column, String


class Named:
    name = Column(String)

    def show(self, other):
        return other.children
"""

WITH_PACKAGE = {
    ".venv/pyvenv.cfg": "version = 3.11.4\n",
    ".venv/lib/python3.11/site-packages/kit/__init__.py": INSTALLED,
    ".venv/lib/python3.11/site-packages/kit-1.0.dist-info/METADATA": "Name: kit\nRequires-Dist: SQLAlchemy\n",
    "parent.py": PARENT.replace("from base", "from kit import Named\nfrom base").replace("Parent(Base)", "Parent(Named, Base)"),
}


def with_package(bench: Bench, client: dict):
    """The usual files, and a package whose mixin they take, with a place that may or may not mean a relationship."""
    from bench import FILES

    session = bench.session(FILES | WITH_PACKAGE).initialize(client)
    session.indexed()
    session.open("parent.py")
    return session


def test_rename_beside_a_package(bench: Bench):
    """What may not be meant does not forbid a rename because it stands in a package, and the package is left alone."""
    session = with_package(bench, capabilities())
    place = session.at("parent.py", LINE + 1, 6)
    edit = session.request("textDocument/rename", place | {"newName": "kids"})
    expect(set(edit["changes"]), {session.uri("parent.py"), session.uri("child.py")})
    # The package is read all the same: what is surely meant there forbids it.
    mixin = next(number for number, it in enumerate(INSTALLED.splitlines()) if "    name" in it)
    text = WITH_PACKAGE["parent.py"] + "    by_name = relationship(\"Child\", order_by=\"Parent.name\", viewonly=True)\n"
    session.change("parent.py", text)
    line = len(text.splitlines()) - 1
    column = text.splitlines()[line].index("Parent.name") + len("Parent.")
    try:
        session.request("textDocument/rename", session.at("parent.py", line, column) | {"newName": "title"})
    except ServerError as refusal:
        expect("which is part of a package" in str(refusal), True)
    else:
        raise AssertionError(f"line {mixin + 1} of the package would have to change")


def test_rename_asks_of_no_package(bench: Bench):
    """A client that can ask is asked about its own files alone."""
    session = with_package(bench, asking())
    bench.write({"use.py": "def use(it):\n    it.children\n"})
    session.watched("use.py", kind=1)
    edit = session.request("textDocument/rename", session.at("parent.py", LINE + 1, 6) | {"newName": "kids"})
    found = {it["textDocument"]["uri"]: [each.get("annotationId") for each in it["edits"]] for it in edit["documentChanges"]}
    expect(found, {session.uri("parent.py"): [None], session.uri("child.py"): [None], session.uri("use.py"): ["doubtful"]})


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
