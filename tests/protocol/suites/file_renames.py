"""Files and folders that the editor renames: imports and strings follow before, the index behind."""

from bench import BASE, Bench, HEAD, capabilities, expect

MODELS = HEAD.replace("from base", "from ..base")

PARENT = MODELS + '''class Parent(Base):
    __tablename__ = "parent"
    id = Column(Integer, primary_key=True)
    children = relationship("shop.models.child.Child", back_populates="parent")
'''

CHILD = MODELS + '''class Child(Base):
    __tablename__ = "child"
    id = Column(Integer, primary_key=True)
    parent_id = Column(Integer, ForeignKey("parent.id"))
    parent = relationship("Parent", back_populates="children")
'''

FILES = {
    "shop/__init__.py": "", "shop/base.py": BASE, "shop/models/__init__.py": "from .child import Child\n",
    "shop/models/parent.py": PARENT, "shop/models/child.py": CHILD,
    "shop/views.py": "# 🍐\nfrom .models import child\n\n\ndef show():\n    return child.Child\n", "shop/plain.py": "X = 1\n",
}


def asking(**experimental) -> dict:
    """A client that asks before it renames files, and tells of it."""
    res = capabilities()
    res["workspace"] = res["workspace"] | {"fileOperations": {"willRename": True, "didRename": True}}
    return res | ({"experimental": experimental} if experimental else {})


def started(bench: Bench, client: dict):
    """The package on disk, and a session."""
    session = bench.session(FILES).initialize(client)
    session.indexed()
    return session


def edits(session, old: str, new: str) -> dict[str, set]:
    """What the server would change, by file: each new text with its line and column."""
    files = [{"oldUri": session.uri(old), "newUri": session.uri(new)}]
    edit = session.request("workspace/willRenameFiles", {"files": files})
    changes = (edit or {"changes": {}})["changes"]
    start = lambda it: (it["range"]["start"]["line"], it["range"]["start"]["character"])  # noqa: E731
    return {name: {(it["newText"], *start(it)) for it in changes[session.uri(name)]} for name in FILES if session.uri(name) in changes}


def test_what_is_offered(bench: Bench):
    """Clients are to tell of Python files and of folders; plugins of editors that send nothing by themselves look for it."""
    session = started(bench, capabilities())
    offered = session.offered["workspace"]["fileOperations"]
    globs = [(it["pattern"]["glob"], it["pattern"]["matches"]) for it in offered["willRename"]["filters"]]
    expect(globs, [("**/*.py", "file"), ("**", "folder")])
    expect(offered["didRename"], offered["willRename"])


def test_imports_and_strings_follow_a_file(bench: Bench):
    """Imports, code and dotted targets follow, in files without models too; a file without models is for others."""
    session = started(bench, asking())
    line = PARENT.splitlines().index(next(it for it in PARENT.splitlines() if "children" in it))
    expect(edits(session, "shop/models/child.py", "shop/models/kid.py"), {
        "shop/models/__init__.py": {(".kid", 0, 5)},
        "shop/models/parent.py": {("shop.models.kid", line, PARENT.splitlines()[line].index("shop"))},
        "shop/views.py": {("kid", 1, 20), ("kid", 5, 11)},
    })
    expect(edits(session, "shop/plain.py", "shop/other.py"), {})


def test_strings_alone_beside_a_server_of_python(bench: Bench):
    """Where another server makes imports follow, nothing is said twice."""
    session = started(bench, asking(importsFollow=True))
    expect(set(edits(session, "shop/models/child.py", "shop/models/kid.py")), {"shop/models/parent.py"})


def test_the_index_follows(bench: Bench):
    """What is said of a file or folder that was renamed is told without watching."""
    session = started(bench, asking())
    session.open("shop/models/parent.py")
    session.await_codes("shop/models/parent.py")
    (bench.root / "shop/models/child.py").rename(bench.root / "shop/models/kid.py")
    files = [{"oldUri": session.uri("shop/models/child.py"), "newUri": session.uri("shop/models/kid.py")}]
    session.notify("workspace/didRenameFiles", {"files": files})
    session.await_codes("shop/models/parent.py", "module-no-class")
    session.change("shop/models/parent.py", PARENT.replace("models.child", "models.kid"))
    session.await_codes("shop/models/parent.py")


def test_the_index_follows_a_folder(bench: Bench):
    """The files in a folder that was renamed are found under their new names."""
    session = started(bench, asking())

    def home() -> list[str]:
        found = session.request("workspace/symbol", {"query": "Child"})
        return [it["location"]["uri"] for it in found if it["name"] == "Child"]

    expect(home(), [session.uri("shop/models/child.py")])
    (bench.root / "shop/models").rename(bench.root / "shop/entities")
    files = [{"oldUri": session.uri("shop/models"), "newUri": session.uri("shop/entities")}]
    session.notify("workspace/didRenameFiles", {"files": files})
    expect(home(), [session.uri("shop/entities/child.py")])
