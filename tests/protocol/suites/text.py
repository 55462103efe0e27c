"""The server's text of an open document is the client's, whatever is typed and however it is sent."""

import random

from bench import Bench, CHILD, Session, capabilities, expect, span

ENCODINGS = {"utf-8": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}
UNIT = {"utf-8": 1, "utf-16": 2, "utf-32": 4}

ALPHABET = ["a", "(", '"', "'", "\n", "\r\n", "\r", "é", "e\u0301", "😀", "👩‍👩‍👧", "\t", "漢", "#", ")", "relationship("]


def column(text: str, encoding: str) -> int:
    """How long a piece of a line is in an encoding's units."""
    return len(text.encode(ENCODINGS[encoding])) // UNIT[encoding]


def place(text: str, offset: int, encoding: str) -> dict:
    """The position of an offset (in code points)."""
    before = text[:offset].replace("\r\n", "\n").replace("\r", "\n")
    line = before.count("\n")
    return {"line": line, "character": column(before.rsplit("\n", 1)[-1], encoding)}


def test_invariant_order_is_kept(bench: Bench):
    """60 characters inserted and deleted as fast as the pipe takes them leave the server's text equal to the
    client's, 50 rounds out of 50, while it is asked for answers."""
    session = bench.started()
    session.open("child.py")
    line = CHILD.splitlines().index('    parent = relationship("Parent", back_populates="children")')
    typed = ' backref="x😀y", secondary=association_table, lazy="selectin"'[:60]
    for number in range(50):
        done = 0
        for character in typed:
            session.change("child.py", (span(line, 26 + done), character))
            done += column(character, "utf-16")
            session.start("textDocument/completion", session.at("child.py", line, 26 + done))
        for character in reversed(typed):
            width = column(character, "utf-16")
            session.change("child.py", (span(line, 26 + done - width, 26 + done), ""))
            done -= width
        expect(session.text("child.py"), {"text": CHILD, "version": session.versions["child.py"]}, f"round {number}")


def test_random_edits(bench: Bench):
    """Random edits, several to a message, in each encoding: equal texts, and no answer is lost."""
    for encoding in ENCODINGS:
        session = bench.session().initialize(capabilities(encodings=[encoding]))
        expect(session.offered["positionEncoding"], encoding)
        dice = random.Random(encoding)
        text = CHILD
        session.open("child.py", text)
        for _ in range(150):
            changes = []
            for _ in range(dice.randint(1, 3)):
                text, change = edited(text, dice, encoding)
                changes.append(change)
            session.change("child.py", *changes)
        expect(session.text("child.py")["text"], text, encoding)


def edited(text: str, dice: random.Random, encoding: str):
    """A text with one random edit, and the change that says it. Never between `\\r` and `\\n`: no position is there."""
    def spot() -> int:
        offset = dice.randint(0, len(text))
        return offset - 1 if text[offset - 1:offset + 1] == "\r\n" else offset

    start = spot()
    end = min(len(text), start + dice.choice([0, 0, 0, 1, 5, 40]))
    end += text[end - 1:end + 1] == "\r\n"
    new = "".join(dice.choice(ALPHABET) for _ in range(dice.randint(0, 4)))
    change = {"start": place(text, start, encoding), "end": place(text, end, encoding)}, new
    return text[:start] + new + text[end:], change


def test_encodings_are_negotiated(bench: Bench):
    """UTF-8 is preferred, then UTF-32; UTF-16 is what is left."""
    for offered, wanted in [
        (["utf-16", "utf-8"], "utf-8"), (["utf-32", "utf-16"], "utf-32"), (["utf-16"], "utf-16"), ([], "utf-16"), (["klingon"], "utf-16"),
    ]:
        session = bench.session().initialize(capabilities(encodings=offered))
        expect(session.offered["positionEncoding"], wanted, str(offered))
        session.close()


def test_finding_after_emoji(bench: Bench):
    """A finding behind three emoji on its line has the right range in each encoding; so has what is hovered there."""
    wrong = CHILD.replace('    parent = relationship("Parent"', '    note = "😀😀😀"; parent = relationship("Parnet"')
    line = next(number for number, it in enumerate(wrong.splitlines()) if "Parnet" in it)
    before = wrong.splitlines()[line].split("Parnet")[0]
    for encoding in ENCODINGS:
        session = bench.session().initialize(capabilities(encodings=[encoding]))
        session.open("child.py", wrong)
        found = session.await_codes("child.py", "unresolved-name")["diagnostics"][0]["range"]
        start = column(before, encoding)
        expect(found, span(line, start, start + len("Parnet")), encoding)
        session.close()


def test_definition_after_emoji(bench: Bench):
    """A definition behind emoji is found from each column of its name, and its origin has the right range."""
    text = CHILD.replace('    parent = relationship("Parent"', '    note = "😀é"; parent = relationship("Parent"')
    line = next(number for number, it in enumerate(text.splitlines()) if "note" in it)
    before = text.splitlines()[line].split('Parent"')[0]
    for encoding in ENCODINGS:
        session = bench.session().initialize(capabilities(encodings=[encoding]))
        session.open("child.py", text)
        start = column(before, encoding)
        for offset in range(len("Parent")):
            [link] = session.request("textDocument/definition", session.at("child.py", line, start + offset))
            expect(link["targetUri"], session.uri("parent.py"))
            expect(link["originSelectionRange"], span(line, start, start + len("Parent")), encoding)
        session.close()


def test_whole_texts(bench: Bench):
    """A client that sends the whole text each time is understood."""
    session = bench.started()
    session.open("child.py")
    session.change("child.py", CHILD.replace("Parent", "Parnet", 1))
    session.change("child.py", "")
    session.change("child.py", CHILD + "# 😀\r\n")
    expect(session.text("child.py")["text"], CHILD + "# 😀\r\n")


def test_places_outside_the_text(bench: Bench):
    """Lines and columns behind the end mean the end; a range given backwards is taken the right way round."""
    session = bench.started()
    session.open("child.py", "a\nbc\n")
    session.change("child.py", (span(0, 999), "X"))
    session.change("child.py", ({"start": {"line": 99, "character": 9}, "end": {"line": 999, "character": 0}}, "Y"))
    session.change("child.py", ({"start": {"line": 1, "character": 2}, "end": {"line": 1, "character": 0}}, "Z"))
    expect(session.text("child.py")["text"], "aX\nZ\nY")
    session.request("textDocument/hover", session.at("child.py", 4_000_000_000, 4_000_000_000))


def out_of_order(session: Session, versions: list[int]) -> str:
    """Sends insertions of `v2 v3 …` behind each other, in this order of versions; the server's text."""
    session.open("child.py", "")
    pieces = {version: f"v{version} " for version in sorted(versions)}
    starts, done = {}, 0
    for version, piece in pieces.items():
        starts[version], done = done, done + len(piece)
    for version in versions:
        session.change("child.py", (span(0, starts[version]), pieces[version]), version=version)
    return session.text("child.py")["text"]


def test_out_of_order(bench: Bench):
    """Changes that arrive out of order are applied in the order of their versions."""
    for versions in [[3, 2, 4], [4, 3, 2], [2, 4, 3, 6, 5], [9, 8, 7, 6, 5, 4, 3, 2]]:
        session = bench.started()
        expect(out_of_order(session, versions), "".join(f"v{it} " for it in sorted(versions)), str(versions))
        session.close()


def test_out_of_order_answers_wait(bench: Bench):
    """While a change is held no answer is given from the text without it."""
    session = bench.started()
    session.open("child.py", CHILD.replace('"Parent"', '"Parn"'))
    line = CHILD.splitlines().index('    parent = relationship("Parent", back_populates="children")')
    session.change("child.py", (span(line, 31, 32), ""), version=3)
    number = session.start("relmodel/documentText", {"uri": session.uri("child.py")})
    session.change("child.py", (span(line, 31), "et"), version=2)
    expect(CHILD.replace('"Parent"', '"Parnt"') in (session.result(number)["text"],), True)


def test_skipped_versions(bench: Bench):
    """A client that skips versions is served: after a short time without it, the next change is applied."""
    session = bench.started()
    session.open("child.py", "")
    for version in (5, 9, 20):
        session.change("child.py", (span(0, 0), f"{version} "), version=version)
        session.settle(0.3)
    expect(session.text("child.py"), {"text": "20 9 5 ", "version": 20})


def test_constant_version(bench: Bench):
    """A client that does not count versions is served in the order in which it sends."""
    session = bench.started()
    session.open("child.py", "", version=0)
    for word in ("a", "b", "c"):
        session.change("child.py", (span(0, 0), word), version=0)
    expect(session.text("child.py")["text"], "cba")


def test_reopened(bench: Bench):
    """A document that is closed and opened again begins anew, versions included."""
    session = bench.started()
    for _ in range(20):
        session.open("child.py", CHILD)
        session.change("child.py", (span(0, 0), "# x\n"))
        session.close_document("child.py")
    expect(session.text("child.py"), None)
    session.open("child.py", "y", version=1)
    session.change("child.py", (span(0, 0), "x"), version=2)
    expect(session.text("child.py"), {"text": "xy", "version": 2})


def test_documents_beside_each_other(bench: Bench):
    """Many documents edited in turn do not mix."""
    session = bench.started()
    names = [f"m{number}.py" for number in range(20)]
    for name in names:
        session.open(name, "")
    for step in range(30):
        for name in names:
            session.change(name, (span(0, 0), f"{name}{step} "))
    for name in names:
        expect(session.text(name)["text"], "".join(f"{name}{step} " for step in reversed(range(30))))
