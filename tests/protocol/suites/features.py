"""Definition, completion and hover over the wire: forms by capability, and the states an editor asks in."""

from bench import BASE, Bench, CHILD, PARENT, capabilities, expect, span

LINE = next(number for number, it in enumerate(PARENT.splitlines()) if "relationship(" in it)
TARGET = PARENT.splitlines()[LINE].index("Child")
REVERSE = PARENT.splitlines()[LINE].index("parent")


def test_definition_links(bench: Bench):
    """Definitions from target, `back_populates` and `ForeignKey` land on the class, the attribute and the table or column."""
    session = bench.started()
    session.open("parent.py")
    session.open("child.py")
    [link] = session.request("textDocument/definition", session.at("parent.py", LINE, TARGET))
    expect((link["targetUri"], link["originSelectionRange"]), (session.uri("child.py"), span(LINE, TARGET, TARGET + 5)))
    expect(link["targetSelectionRange"], span(CHILD.splitlines().index("class Child(Base):"), 6, 11))
    [link] = session.request("textDocument/definition", session.at("parent.py", LINE, REVERSE))
    line = next(number for number, it in enumerate(CHILD.splitlines()) if it.startswith("    parent = "))
    expect((link["targetUri"], link["targetSelectionRange"]), (session.uri("child.py"), span(line, 4, 10)))
    line = next(number for number, it in enumerate(CHILD.splitlines()) if "ForeignKey(" in it and "=" in it)
    column = CHILD.splitlines()[line].index("parent.id")
    [link] = session.request("textDocument/definition", session.at("child.py", line, column + 8))
    expect((link["targetUri"], link["targetSelectionRange"]["start"]["line"]), (session.uri("parent.py"), PARENT.splitlines().index("    id = Column(Integer, primary_key=True)")))


def test_definition_locations(bench: Bench):
    """A client without links is given locations."""
    client = capabilities()
    client["textDocument"]["definition"] = {}
    session = bench.session().initialize(client)
    session.open("parent.py")
    [location] = session.request("textDocument/definition", session.at("parent.py", LINE, TARGET + 1))
    expect(location, {"uri": session.uri("child.py"), "range": span(CHILD.splitlines().index("class Child(Base):"), 6, 11)})


def test_definition_of_nothing(bench: Bench):
    """Where nothing is known there is no definition, and a file that is not there has none."""
    session = bench.started()
    session.open("parent.py")
    expect(session.request("textDocument/definition", session.at("parent.py", 0, 0)), None)
    expect(session.request("textDocument/definition", session.at("none.py", 0, 0)), None)
    expect(session.request("textDocument/hover", {**session.at("parent.py", 0, 0), "textDocument": {"uri": "git:/x"}}), None)


def labels(session, name: str, line: int, column: int) -> dict:
    """The completions at a place, by label."""
    answer = session.request("textDocument/completion", session.at(name, line, column)) or []
    return {it["label"]: it for it in (answer["items"] if isinstance(answer, dict) else answer)}


def test_completion_in_open_and_closed_strings(bench: Bench):
    """Targets and reverse names are completed in a string whether its quote and bracket are closed yet or not, and
    the edit replaces exactly what stands of the name."""
    session = bench.started()
    session.open("parent.py")
    session.open("child.py")
    line = len(PARENT.splitlines())
    for typed, column, word in [
        ('    x = relationship("', 22, "Child"),
        ('    x = relationship("")', 22, "Child"),
        ('    x = relationship("Ch', 24, "Child"),
        ('    x = relationship("Ch")', 24, "Child"),
        ("    x = relationship('Ch", 24, "Child"),
        ('    x = relationship("Child", back_populates="', 46, "parent"),
        ('    x = relationship("Child", back_populates="pa")', 48, "parent"),
        ('    x = Column(ForeignKey("', 27, "child.id"),
        ('    x = Column(ForeignKey("ch"))', 29, "child.id"),
    ]:
        session.change("parent.py", PARENT + typed)
        found = labels(session, "parent.py", line, column)
        expect(word in found, True, f"{typed}| offers {list(found)[:8]}")
        edit = found[word]["textEdit"]
        start = typed.rindex('"', 0, column) + 1 if '"' in typed else typed.rindex("'", 0, column) + 1
        range_ = edit.get("range") or edit["replace"]
        expect((range_["start"], edit["newText"]), ({"line": line, "character": start}, word), typed)


def test_completion_is_documented_when_asked_for(bench: Bench):
    """Proposals come without their documentation; `completionItem/resolve` adds it, in Markdown where the client wants it."""
    session = bench.started()
    session.open("parent.py", PARENT + '    x = relationship("')
    session.open("child.py")
    item = labels(session, "parent.py", len(PARENT.splitlines()), 22)["Child"]
    expect(item.get("documentation"), None)
    resolved = session.request("completionItem/resolve", item)
    expect(resolved["documentation"]["kind"], "markdown")
    expect("class child.Child" in resolved["documentation"]["value"], True, resolved["documentation"]["value"])
    expect({**resolved, "documentation": None}, {**item, "documentation": None})
    session.change("parent.py", PARENT + '    x = relationship("Child", ')
    item = labels(session, "parent.py", len(PARENT.splitlines()), 30)["uselist"]
    expect(session.request("completionItem/resolve", item)["documentation"]["value"].startswith("Whether the attribute holds a list"), True)
    session.change("parent.py", PARENT)
    expect(session.request("completionItem/resolve", item).get("documentation"), None, "what it was proposed for is gone")


def test_snippets_are_negotiated(bench: Bench):
    """A whole relationship has places to fill in where the other side is in another file, for clients that know such."""
    child = CHILD.replace('    parent = relationship("Parent", back_populates="children")\n', "")
    parent = PARENT.replace('    children = relationship("Child", back_populates="parent")\n', "")
    for knows in (True, False):
        client = capabilities()
        client["textDocument"]["completion"] = {"completionItem": {"snippetSupport": knows}}
        session = bench.session({"base.py": BASE, "parent.py": parent, "child.py": child}).initialize(client)
        session.open("parent.py", parent + "    rel")
        session.open("child.py")
        found = labels(session, "parent.py", len(parent.splitlines()), 7)
        expect(list(found), ["relationship to Child"] if knows else [])
        if knows:
            item = found["relationship to Child"]
            expect((item["insertTextFormat"], item["textEdit"]["newText"]), (2, '${1:children} = relationship("Child", back_populates="${2:parent}")'))


def test_completion_elsewhere(bench: Bench):
    """On plain Python nothing is offered: other servers do that."""
    session = bench.started()
    session.open("parent.py", PARENT + "    x = os.")
    expect(labels(session, "parent.py", len(PARENT.splitlines()), 11), {})


def test_hover(bench: Bench):
    """Hovering a relationship shows its card, in Markdown where the client wants it."""
    session = bench.started()
    session.open("parent.py")
    for column in (4, TARGET):
        hover = session.request("textDocument/hover", session.at("parent.py", LINE, column + 1))
        expect(hover["contents"]["kind"], "markdown")
        expect("Child" in hover["contents"]["value"], True, hover["contents"]["value"])
        expect(hover["range"]["start"]["line"], LINE)
    line = CHILD.splitlines().index("    parent = relationship(\"Parent\", back_populates=\"children\")")
    link = f"- reverse: [`Child.parent`]({session.uri('child.py')}#L{line + 1},5)"
    hover = session.request("textDocument/hover", session.at("parent.py", LINE, 5))
    expect(link in hover["contents"]["value"], True, hover["contents"]["value"])
    plain = capabilities()
    plain["textDocument"]["hover"] = {"contentFormat": ["plaintext"]}
    session = bench.session().initialize(plain)
    session.open("parent.py")
    contents = session.request("textDocument/hover", session.at("parent.py", LINE, 5))["contents"]
    expect((contents["kind"], "- reverse: `Child.parent`\n" in contents["value"]), ("plaintext", True), contents["value"])


def test_answers_speak_of_the_text_just_typed(bench: Bench):
    """A request sent behind a change, without waiting, is answered from the changed text: 100 times of 100."""
    session = bench.started()
    session.open("parent.py")
    for number in range(100):
        session.change("parent.py", (span(0, 0), "\n"))
        [link] = session.request("textDocument/definition", session.at("parent.py", LINE + number + 1, TARGET))
        expect(link["originSelectionRange"], span(LINE + number + 1, TARGET, TARGET + 5))


def test_requests_while_indexing(bench: Bench):
    """A request sent right after `initialized` is answered, from the loaded workspace."""
    files = {f"pkg{number // 50}/m{number}.py": CHILD.replace("Child", f"C{number}").replace('"child"', f'"c{number}"') for number in range(500)}
    session = bench.session({**files, "base.py": "from sqlalchemy.orm import declarative_base\nBase = declarative_base()\n", "parent.py": PARENT, "child.py": CHILD})
    session.initialize()
    session.open("parent.py")
    [link] = session.request("textDocument/definition", session.at("parent.py", LINE, TARGET))
    expect(link["targetUri"], session.uri("child.py"))


def test_status(bench: Bench):
    """The status tells the version and how much is known, of everything that was sent before."""
    session = bench.started()
    status = session.request("relmodel/status", {})
    expect(status["version"].split(".")[0].isdigit(), True, status["version"])
    expect(status["roots"], [str(bench.root)])
    expect({key: status[key] for key in ("files", "classes", "relationships")}, {"files": 3, "classes": 2, "relationships": 2})
    session.open("parent.py", PARENT.replace("    children = relationship", "    # children = relationship"))
    expect(session.request("relmodel/status", {})["relationships"], 1)


def test_status_of_nothing(bench: Bench):
    """An empty folder, and no folder at all, have a status too."""
    expect({**bench.started({}).request("relmodel/status", {}), "version": ""}, {"version": "", "roots": [str(bench.root)], "files": 0, "classes": 0, "relationships": 0})
    session = bench.started({}, workspaceFolders=None, rootUri=None)
    expect(session.request("relmodel/status", {})["roots"], [])


def test_diagram(bench: Bench):
    """The diagram is drawn in each format, names where its entities are, and is cut down to what is near a class."""
    session = bench.started()
    session.open("parent.py")
    answer = session.request("relmodel/diagram", {})
    expect(sorted(it["name"] for it in answer["entities"]), ["Child", "Parent"])
    expect((answer["text"].startswith("<svg"), 'data-entity="1"' in answer["text"]), (True, True))
    parent = next(it for it in answer["entities"] if it["name"] == "Parent")
    expect(parent["location"], {"uri": session.uri("parent.py"), "range": span(PARENT.splitlines().index("class Parent(Base):"), 6, 12)})
    mermaid = session.request("relmodel/diagram", {"format": "mermaid"})["text"]
    expect('Parent |o--o{ Child : "children / parent"' in mermaid, True, mermaid)
    expect(session.request("relmodel/diagram", {"format": "dot"})["text"].startswith("digraph"), True)
    near = session.request("relmodel/diagram", {"around": "Parent", "depth": 0})
    expect([it["name"] for it in near["entities"]], ["Parent"])
    expect(session.request("relmodel/diagram", {"around": "None"}), None)
