"""What is told of a whole file or workspace, over the wire: forms by capability, and positions."""

from bench import BASE, Bench, CHILD, PARENT, capabilities, expect, span

WHOLE = {"start": {"line": 0, "character": 0}, "end": {"line": 99, "character": 0}}

LINE = next(number for number, it in enumerate(PARENT.splitlines()) if "relationship(" in it)

CLASS = PARENT.splitlines().index("class Parent(Base):")


def document(session, name: str) -> dict:
    """Parameters that name a document."""
    return {"textDocument": {"uri": session.uri(name)}}


def test_outline_nested_or_flat(bench: Bench):
    """An outline has symbols within symbols for clients that know such, and a list for others."""
    client = capabilities()
    client["textDocument"]["documentSymbol"] = {"hierarchicalDocumentSymbolSupport": True}
    session = bench.session().initialize(client)
    session.open("parent.py")
    [parent] = session.request("textDocument/documentSymbol", document(session, "parent.py"))
    expect((parent["name"], parent["detail"], parent["selectionRange"]), ("Parent", "parent", span(CLASS, 6, 12)))
    expect([(it["name"], it.get("detail")) for it in parent["children"]], [("id", "Integer"), ("children", "1:M Child")])
    session = bench.started()
    session.open("parent.py")
    flat = session.request("textDocument/documentSymbol", document(session, "parent.py"))
    expect([(it["name"], it.get("containerName")) for it in flat], [("Parent", None), ("id", "Parent"), ("children", "Parent")])


def test_workspace_symbols(bench: Bench):
    """Classes and relationships of all files are found by some of their letters."""
    session = bench.started()
    found = session.request("workspace/symbol", {"query": "chld"})
    expect([(it["name"], it["containerName"]) for it in found], [("Child", "child"), ("children", "Parent")])
    expect(found[0]["location"], {"uri": session.uri("child.py"), "range": span(CHILD.splitlines().index("class Child(Base):"), 6, 11)})


def test_inlay_hints_with_wide_characters(bench: Bench):
    """A hint stands behind its call, whatever stands before it on the line and whatever a column counts."""
    text = PARENT.replace('children = relationship("Child"', 'children = relationship("Child", info={"\U0001f600": "é"}')
    for encoding, length in [("utf-8", 4 + 2), ("utf-16", 2 + 1), ("utf-32", 1 + 1)]:
        session = bench.session().initialize(capabilities(encodings=[encoding]))
        session.open("parent.py", text)
        session.open("child.py")
        [hint] = session.request("textDocument/inlayHint", {**document(session, "parent.py"), "range": WHOLE})
        line = text.splitlines()[LINE]
        expect(hint["position"], {"line": LINE, "character": len(line) - 2 + length}, encoding)
        expect("".join(part["value"] for part in hint["label"]), "1:M by child.parent_id, reverse Child.parent")
        links = [part["location"]["uri"] for part in hint["label"] if "location" in part]
        expect(links, [session.uri("child.py"), session.uri("child.py")])


def test_lenses_by_command(bench: Bench):
    """A lens carries the places for clients that have the command to show them, and words alone for others."""
    for commands in ([], ["relmodel.showLocations"]):
        session = bench.session().initialize({**capabilities(), "experimental": {"commands": commands}})
        session.open("parent.py")
        lenses = session.request("textDocument/codeLens", document(session, "parent.py"))
        expect([it["command"]["title"] for it in lenses], ["1 relationship refers to it", "other side: Child.parent"])
        command = lenses[1]["command"]
        if commands:
            uri, position, [place] = command["arguments"]
            expect((command["command"], uri, position), (commands[0], session.uri("parent.py"), {"line": LINE, "character": 4}))
            expect(place["uri"], session.uri("child.py"))
        else:
            expect((command["command"], command.get("arguments")), ("", None))


def test_links_to_pages(bench: Bench):
    """The codes in comments are links to the pages of the rules."""
    session = bench.started()
    session.open("parent.py", PARENT + "    x = 1  # relmodel: ignore[unresolved-name]\n")
    [link] = session.request("textDocument/documentLink", document(session, "parent.py"))
    expect((link["range"], link["target"].endswith("/unresolved-name.md")), (span(LINE + 1, 30, 45), True))


def test_type_hierarchy(bench: Bench):
    """Clients that can be told of type hierarchies are; the hierarchy is that of the mappers."""
    client = capabilities()
    client["textDocument"]["typeHierarchy"] = {"dynamicRegistration": True}
    heir = "from sqlalchemy import Column, Integer\nfrom parent import Parent\n\nclass Heir(Parent):\n    size = Column(Integer)\n"
    session = bench.session({"base.py": BASE, "parent.py": PARENT, "child.py": CHILD, "heir.py": heir}).initialize(client)
    session.wait(lambda: any(it["registrations"][0]["method"] == "textDocument/prepareTypeHierarchy" for it in session.sent("client/registerCapability")), "the registration")
    session.open("parent.py")
    [item] = session.request("textDocument/prepareTypeHierarchy", session.at("parent.py", CLASS, 8))
    [heir] = session.request("typeHierarchy/subtypes", {"item": item})
    expect((heir["name"], heir["detail"], heir["uri"]), ("Heir", "single table", session.uri("heir.py")))
    [back] = session.request("typeHierarchy/supertypes", {"item": heir})
    expect((back["name"], back["uri"]), ("Parent", session.uri("parent.py")))


def test_hints_and_lenses_follow_other_files(bench: Bench):
    """A client that can be told so asks again for hints or lenses once another file changes what they say, and only then."""
    client = capabilities()
    client["workspace"] = client["workspace"] | {it: {"refreshSupport": True} for it in ("inlayHint", "codeLens")}
    session = bench.session().initialize(client)
    asked = {"inlayHint": {"range": WHOLE}, "codeLens": {}}

    def ask() -> None:
        for method, more in asked.items():
            session.request(f"textDocument/{method}", document(session, "parent.py") | more)

    def refreshed() -> list[int]:
        return [len(session.sent(f"workspace/{it}/refresh")) for it in asked]

    session.open("parent.py")
    session.open("child.py")
    ask()
    session.change("child.py", CHILD + "# nothing new\n")
    session.settle(0.5)
    expect(refreshed(), [0, 0], "nothing of it has changed")
    session.change("child.py", CHILD.replace("parent_id", "owner_id"))
    session.wait(lambda: refreshed() == [1, 0], "a refresh of the hints")
    ask()
    session.change("child.py", CHILD.replace("parent = rel", "owner = rel"))
    session.wait(lambda: refreshed() == [2, 1], "a refresh of both")
    session.settle(0.5)
    expect(refreshed(), [2, 1], "one refresh is enough")
    session.change("parent.py", PARENT.replace("children", "kids"))
    session.settle(0.5)
    expect(refreshed(), [2, 1], "for what it edits itself a client asks again unasked")
    session.close_document("parent.py")
    session.change("child.py", CHILD)
    session.settle(0.5)
    expect(refreshed(), [2, 1], "nobody looks at the document any more")


def test_hints_and_lenses_follow_the_places_they_lead_to(bench: Bench):
    """A line above a place in another file moves it: a client that was given the place asks again."""
    for commands, moved in ([], [1, 0]), (["relmodel.showLocations"], [1, 1]):
        client = capabilities() | {"experimental": {"commands": commands}}
        client["workspace"] = client["workspace"] | {it: {"refreshSupport": True} for it in ("inlayHint", "codeLens")}
        session = bench.session().initialize(client)
        session.open("parent.py")
        session.open("child.py")

        def refreshed() -> list[int]:
            return [len(session.sent(f"workspace/{it}/refresh")) for it in ("inlayHint", "codeLens")]

        def ask() -> tuple[int, list[int]]:
            """The lines in the other file that the last part of the hint and the lenses lead to."""
            [hint] = session.request("textDocument/inlayHint", document(session, "parent.py") | {"range": WHOLE})
            lenses = session.request("textDocument/codeLens", document(session, "parent.py"))
            places = [it["command"]["arguments"][2][0] for it in lenses if it["command"].get("arguments")]
            return hint["label"][-1]["location"]["range"]["start"]["line"], [it["range"]["start"]["line"] for it in places]

        line, lines = ask()
        session.change("child.py", "\n" + CHILD)
        session.wait(lambda: refreshed() == moved, f"refreshes {moved}")
        expect(ask(), (line + 1, [it + 1 for it in lines]), "where it leads to now")
        session.change("child.py", "\n" + CHILD + "\n")
        session.settle(0.5)
        expect(refreshed(), moved, "a line below moves nothing")


def test_no_refresh_without_support(bench: Bench):
    """A client that does not know the requests is not sent them."""
    session = bench.started()
    session.open("parent.py")
    session.open("child.py")
    for method, more in {"inlayHint": {"range": WHOLE}, "codeLens": {}}.items():
        session.request(f"textDocument/{method}", document(session, "parent.py") | more)
    session.change("child.py", CHILD.replace("parent = rel", "owner = rel"))
    session.settle(0.5)
    expect([session.sent(f"workspace/{it}/refresh") for it in ("inlayHint", "codeLens")], [[], []])
