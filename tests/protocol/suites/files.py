"""What lies on disk: watching, folders, settings, and files that are no good."""

import os
import random
import shutil
import stat
import subprocess

from bench import BASE, Bench, CHILD, FILES, PARENT, Session, Skip, capabilities, expect, span
from client import LIMIT, binary

WRONG = PARENT.replace('"Child"', '"Chlid"')


def test_watching_is_asked_for(bench: Bench):
    """The client is asked to watch Python files and settings."""
    session = bench.started()
    session.wait(lambda: session.sent("client/registerCapability"), "a registration")
    [registration] = session.sent("client/registerCapability")[0]["registrations"]
    expect(registration["method"], "workspace/didChangeWatchedFiles")
    globs = {it["globPattern"] for it in registration["registerOptions"]["watchers"]}
    expect(globs, {"**/*.py", "**/pyproject.toml", "**/relmodel.toml"})


def test_files_that_change_come_and_go(bench: Bench):
    """A file changed, created or deleted outside the editor changes the findings of others."""
    session = bench.started()
    session.open("parent.py")
    session.await_codes("parent.py")
    (bench.root / "child.py").unlink()
    session.watched("child.py", kind=3)
    session.await_codes("parent.py", "unresolved-name")
    bench.write({"kids.py": CHILD})
    session.watched("kids.py", kind=1)
    session.await_codes("parent.py")
    bench.write({"kids.py": CHILD.replace("class Child", "class Kid")})
    session.watched("kids.py")
    session.await_codes("parent.py", "unresolved-name")
    bench.write({"sub/again.py": CHILD})
    (bench.root / "kids.py").unlink()
    session.watched("sub/again.py", "kids.py")
    session.await_codes("parent.py")


def test_open_documents_win_over_the_disk(bench: Bench):
    """A change on disk does not touch the text of an open document."""
    session = bench.started()
    session.open("parent.py", WRONG)
    session.await_codes("parent.py", "unresolved-name")
    bench.write({"parent.py": PARENT})
    session.watched("parent.py")
    expect(session.text("parent.py")["text"], WRONG)
    session.settle(0.3)
    expect(session.codes("parent.py"), ["unresolved-name"])


def test_folders(bench: Bench):
    """Several folders are one workspace each to its own; added ones are loaded, removed ones forgotten."""
    for name in ("one", "two", "three"):
        bench.write({"base.py": BASE, "parent.py": WRONG, "child.py": CHILD}, below=name)
    session = bench.session({}).initialize(folders=[bench.root / "one", bench.root / "two"])
    for name in ("one", "two"):
        session.await_codes(f"{name}/parent.py", "unresolved-name")
    expect(session.published("three/parent.py"), None)
    event = {"added": [{"uri": session.uri("three"), "name": "three"}], "removed": [{"uri": session.uri("one"), "name": "one"}]}
    session.notify("workspace/didChangeWorkspaceFolders", {"event": event})
    session.await_codes("three/parent.py", "unresolved-name")
    session.await_codes("one/parent.py")
    expect(session.codes("two/parent.py"), ["unresolved-name"])


def test_folder_that_is_not_there(bench: Bench):
    """A folder that does not exist, and one without a single Python file, are served."""
    session = bench.session({}).initialize(folders=[bench.root / "none", bench.root])
    session.indexed()
    expect(session.leave(), 0)


def test_symbolic_links(bench: Bench):
    """A folder opened over a symbolic link is served under the name the client uses; a circle of links ends."""
    bench.write(FILES | {"parent.py": WRONG}, below="real")
    os.symlink(bench.root / "real", bench.root / "link")
    os.symlink(bench.root / "real", bench.root / "real" / "circle")
    session = bench.session({}).initialize(folders=[bench.root / "link"])
    session.await_codes("link/parent.py", "unresolved-name")
    session.open("link/parent.py", PARENT)
    session.await_codes("link/parent.py")


SHOP = {
    "shop/__init__.py": "", "shop/base.py": BASE,
    "shop/parent.py": PARENT.replace("from base", "from shop.base"), "shop/child.py": CHILD.replace("from base", "from shop.base"),
}
WRONG_CHILD = SHOP["shop/child.py"].replace('"children"', '"childrn"')


def test_document_over_a_linked_folder(bench: Bench):
    """A document that is opened over a link inside its folder is the file that it shows, and not a second one."""
    bench.write(SHOP | {"shop/child.py": WRONG_CHILD})
    os.symlink(bench.root / "shop", bench.root / "alias")
    session = bench.session({}).initialize()
    session.await_codes("shop/child.py", "back-populates-missing")
    session.open("alias/child.py", WRONG_CHILD)
    session.await_codes("alias/child.py", "back-populates-missing")
    session.await_codes("shop/child.py")
    expect(session.published("shop/parent.py"), None)
    session.change("alias/child.py", SHOP["shop/child.py"])
    session.await_codes("alias/child.py", version=2)
    # Whoever asks is led to the document that is open.
    line = SHOP["shop/parent.py"].splitlines().index('    children = relationship("Child", back_populates="parent")')
    places = session.request("textDocument/definition", session.at("shop/parent.py", line, 30))
    expect([it["targetUri"] for it in places], [session.uri("alias/child.py")])
    # A second text of the same file is not looked at, and disturbs nothing.
    session.open("shop/child.py", WRONG_CHILD)
    session.settle(0.3)
    expect(session.codes("alias/child.py"), [])
    session.close_document("shop/child.py")
    session.close_document("alias/child.py")
    session.await_codes("shop/child.py", "back-populates-missing")
    expect(session.leave(), 0)


def test_pulled_document_over_a_linked_folder(bench: Bench):
    """A client that pulls is told that the finding stands in the document it has opened, and there only."""
    bench.write(SHOP | {"shop/child.py": WRONG_CHILD})
    os.symlink(bench.root / "shop", bench.root / "alias")
    session = bench.session({}).initialize(capabilities(pull=True))
    session.indexed()
    known = pulled(session, [])
    expect(known, {session.uri("shop/child.py"): 1})
    session.open("alias/child.py", WRONG_CHILD)
    expect(pulled(session, known), {session.uri("shop/child.py"): 0, session.uri("alias/child.py"): 1})


def pulled(session: Session, known) -> dict:
    """How many findings the files have, for a client that has those of `known` already."""
    previous = [{"uri": uri, "value": "another"} for uri in known]
    items = session.request("workspace/diagnostic", {"previousResultIds": previous})["items"]
    return {it["uri"]: len(it["items"]) for it in items}


def test_other_peoples_code(bench: Bench):
    """Installed packages, environments and ignored folders are not looked at."""
    session = bench.started(FILES | {
        ".gitignore": "out/\n", "out/parent.py": WRONG, "site-packages/p/parent.py": WRONG,
        "env/pyvenv.cfg": "", "env/lib/parent.py": WRONG, "node_modules/x/parent.py": WRONG,
    })
    session.indexed()
    session.watched("out/parent.py", "site-packages/p/parent.py", "env/lib/parent.py", kind=1)
    session.open("parent.py")
    session.await_codes("parent.py")
    session.settle(0.3)
    names = {it["uri"].removeprefix(bench.root.as_uri() + "/") for it in session.sent("textDocument/publishDiagnostics") if it["diagnostics"]}
    expect(names, set())


def test_broken_settings(bench: Bench):
    """A broken settings file is named with its line in a message, and the rest goes on; mended, it is read."""
    session = bench.started(FILES | {"parent.py": WRONG, "pyproject.toml": "[tool.relmodel]\n\nsqlalchemy = \n"})
    session.await_codes("parent.py", "unresolved-name")
    session.wait(lambda: session.sent("window/showMessage"), "a message")
    message = session.sent("window/showMessage")[0]["message"]
    expect(f"{bench.root / 'pyproject.toml'}:3" in message, True, message)
    bench.write({"pyproject.toml": "[tool.relmodel]\nsqlachemy = '1.4'\n"})
    session.watched("pyproject.toml")
    session.wait(lambda: any("did you mean `sqlalchemy`" in it["message"] for it in session.sent("window/showMessage")), "a message")
    expect(session.leave(), 0)


def test_bad_files(bench: Bench):
    """Files that are no text, no Python or one huge line harm nothing, and the good ones have their findings."""
    dice = random.Random(7)
    bad = {
        "zero.py": b"", "nul.py": b"sqlalchemy" + b"\0" * 5_000, "noise.py": b"sqlalchemy " + dice.randbytes(100_000),
        "latin.py": PARENT.replace("Parent", "Pêre").replace("\"parent\"\n", "\"pere\"\n").encode("latin-1"), "utf16.py": PARENT.encode("utf-16"),
        "bom.py": b"\xef\xbb\xbf" + PARENT.replace("class Parent", "class Parent2").replace('"parent"', '"parent2"').encode(),
        "huge.py": b"x = [" + b"Column(1), " * 40_000 + b"]\n", "deep.py": b"from sqlalchemy import *\nx = " + b"(" * 50_000,
        "quotes.py": b'sqlalchemy = """' * 5_000, "folder.py/x.py": CHILD.replace("Child", "Child2").replace('"child"', '"child2"').encode(),
    }
    session = bench.started(FILES | {"parent.py": WRONG} | bad)
    session.await_codes("parent.py", "unresolved-name")
    for name in bad:
        if name != "folder.py/x.py":
            session.open(name, bad[name].decode("utf-8", "replace"))
            session.request("textDocument/completion", session.at(name, 0, 3))
            session.change(name, (span(0, 0), "x"))
            session.request("textDocument/hover", session.at(name, 0, 3))
    expect(session.leave(), 0)


def test_random_documents(bench: Bench):
    """Random bytes and random cuts of real code as documents: every request is answered, whatever they hold."""
    dice = random.Random(11)
    session = bench.started(pull=True)
    session.open("noise.py", "")
    for number in range(200):
        if number % 2:
            text = dice.randbytes(dice.randint(0, 400)).decode("utf-8", "replace")
        else:
            start = dice.randrange(len(CHILD))
            text = CHILD[start:] + PARENT[: dice.randrange(len(PARENT))] + CHILD[: dice.randrange(len(CHILD))]
        session.change("noise.py", text)
        place = session.at("noise.py", dice.randint(0, 12), dice.randint(0, 40))
        for method in ("textDocument/completion", "textDocument/hover", "textDocument/definition"):
            session.start(method, place)
        for item in session.pull("noise.py")["items"]:
            expect(item["range"]["start"]["line"] <= len(text), True)
    expect(session.text("noise.py")["text"], text)
    panics = [line for line in session.log if "panic" in line]
    expect(panics, [])


def unprivileged() -> dict:
    """How to start a server that may not read everything; nothing is needed unless we may."""
    if os.geteuid() != 0:
        return {}
    return {"user": 65534, "group": 65534, "extra_groups": []}


def test_unreadable_file(bench: Bench):
    """A file that may not be read is named in a message, and the rest goes on; so does `check`, with status 2."""
    if os.name != "posix":
        raise Skip("file modes are POSIX's")
    bench.write(FILES | {"parent.py": WRONG, "secret.py": CHILD})
    (bench.root / "secret.py").chmod(0)
    bench.root.chmod(0o755)
    # Where we are root the server is not, and must find its binary in a place that anyone may enter.
    program = bench.root / "relmodel"
    shutil.copy(binary(), program)
    program.chmod(program.stat().st_mode | stat.S_IXOTH | stat.S_IROTH)
    session = Session(bench.root, command=[str(program), "server"], **unprivileged())
    bench.sessions.append(session)
    session.initialize(capabilities())
    session.await_codes("parent.py", "unresolved-name")
    session.wait(lambda: any("secret.py" in it["message"] for it in session.sent("window/showMessage")), "a message")
    done = subprocess.run([str(program), "check", "."], cwd=bench.root, capture_output=True, text=True, timeout=LIMIT, **unprivileged())
    expect((done.returncode, "secret.py" in done.stderr, "unresolved-name" in done.stdout), (2, True, True), done.stderr)


def test_new_package_file(bench: Bench):
    """An `__init__.py` that appears makes modules of a package of the files beside it, and imports go on to work."""
    session = bench.started({
        "app/base.py": BASE, "app/parent.py": WRONG.replace("from base", "from app.base"), "app/child.py": CHILD.replace("from base", "from app.base"),
    })
    session.await_codes("app/parent.py", "unresolved-name")
    bench.write({"app/__init__.py": ""})
    session.watched("app/__init__.py", kind=1)
    session.open("app/parent.py", PARENT.replace("from base", "from app.base"))
    session.await_codes("app/parent.py")
