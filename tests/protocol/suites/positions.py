"""Places in every answer, in UTF-8, UTF-16 and UTF-32, with wide characters, combining ones, tabs and CRLF before and in them."""

from bench import Bench, capabilities, expect

from suites.symbols import TOKENS
from suites.text import ENCODINGS, UNIT, place

LINES = [
    "# 😀 e\u0301",
    "from sqlalchemy import Column, ForeignKey, Integer",
    "from sqlalchemy.orm import declarative_base, relationship",
    "Base = declarative_base()",
    "class Größe(Base):",
    '\t__tablename__ = "größe"',
    '\tid = Column(Integer, primary_key=True, info={"😀":\t"e\u0301"})',
    '\tnote = "😀e\u0301\t"; kinder = relationship("Kind𐐀", info={"👩‍👧\t": 1}, back_populates="größe") # 😀',
    "class Kind𐐀(Base):",
    '\t__tablename__ = "kind"',
    "\tid = Column(Integer, primary_key=True)",
    '\tgröße_id = Column("e\u0301😀", Integer, ForeignKey("größe.id"))',
    '\tnote = "e\u0301😀"; größe = relationship("Größe", back_populates="kinder")',
]
TEXT = "\r\n".join([*LINES, ""])


def offset(text: str, position: dict, encoding: str) -> int:
    """The code point that a position stands before, counted by hand."""
    lines = text.split("\r\n")
    before = sum(len(it) + 2 for it in lines[: position["line"]])
    encoded = (lines[position["line"]] if position["line"] < len(lines) else "").encode(ENCODINGS[encoding])
    return before + len(encoded[: position["character"] * UNIT[encoding]].decode(ENCODINGS[encoding]))


def piece(text: str, range_: dict, encoding: str) -> tuple[int, str]:
    """Where a range begins, and what it covers."""
    start, end = (offset(text, range_[it], encoding) for it in ("start", "end"))
    return start, text[start:end]


def found(word: str, before: str = "") -> int:
    """Where a word stands behind another text."""
    return TEXT.index(before + word) + len(before)


CLASS, CHILD = found("Größe", "class "), found("Kind𐐀", "class ")
TARGET, BACK = found("Kind𐐀", 'relationship("'), found("größe", 'back_populates="')
OTHER, KEY = found("größe", "; "), found("größe", 'ForeignKey("')
KINDER, REVERSE = found("kinder"), found("kinder", 'back_populates="')


def sessions(bench: Bench, text: str = TEXT):
    """A session in each encoding, with the text open."""
    for encoding in ENCODINGS:
        client = capabilities(encodings=[encoding], pull=True)
        client["textDocument"] |= {"semanticTokens": TOKENS, "rename": {"prepareSupport": True}}
        client["textDocument"]["documentSymbol"] = {"hierarchicalDocumentSymbolSupport": True}
        client["textDocument"]["codeAction"] = {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix"]}}}
        client["experimental"] = {"commands": ["relmodel.showLocations"]}
        session = bench.session({"models.py": TEXT}).initialize(client)
        session.open("models.py", text)
        yield session, encoding
        session.close()


def at(session, start: int, encoding: str, text: str = TEXT) -> dict:
    """Parameters that name the place of a code point."""
    return {"textDocument": {"uri": session.uri("models.py")}, "position": place(text, start, encoding)}


def test_definitions(bench: Bench):
    """Definitions have the right origin and lead to the right name, from its first letter to behind its last."""
    asked = [(TARGET, "Kind𐐀", CHILD, "Kind𐐀"), (BACK, "größe", OTHER, "größe"), (REVERSE, "kinder", KINDER, "kinder")]
    asked.append((found("Größe", 'relationship("'), "Größe", CLASS, "Größe"))
    asked.append((KEY, "größe", found("größe", '__tablename__ = "'), "größe"))
    for session, encoding in sessions(bench):
        for start, word, target, name in asked:
            for step in range(len(word)):
                [link] = session.request("textDocument/definition", at(session, start + step, encoding))
                expect(piece(TEXT, link["originSelectionRange"], encoding), (start, word), encoding)
                expect(piece(TEXT, link["targetSelectionRange"], encoding), (target, name), encoding)


def test_occurrences(bench: Bench):
    """References, highlights, hover and the edits of a rename cover the name and nothing else."""
    for session, encoding in sessions(bench):
        for start, word, wanted in [(OTHER, "größe", {OTHER, BACK}), (CHILD, "Kind𐐀", {CHILD, TARGET}), (KINDER, "kinder", {KINDER, REVERSE})]:
            where = at(session, start + 1, encoding)
            references = session.request("textDocument/references", where | {"context": {"includeDeclaration": True}})
            marks = session.request("textDocument/documentHighlight", where)
            edit = session.request("textDocument/rename", where | {"newName": "neu"})
            [edits] = edit["changes"].values() if "changes" in edit else [it["edits"] for it in edit["documentChanges"]]
            for answer in (references, marks, edits):
                expect({piece(TEXT, it["range"], encoding) for it in answer}, {(it, word) for it in wanted}, encoding)
            prepared = session.request("textDocument/prepareRename", where)
            for range_ in (prepared.get("range", prepared), session.request("textDocument/hover", where)["range"]):
                expect(piece(TEXT, range_, encoding), (start, word), encoding)


def test_outline_and_tokens(bench: Bench):
    """Symbols, lenses and hints stand at their names, and tokens cover the names in strings."""
    whole = {"start": {"line": 0, "character": 0}, "end": {"line": len(LINES), "character": 0}}
    for session, encoding in sessions(bench):
        document = {"textDocument": {"uri": session.uri("models.py")}}
        symbols = session.request("textDocument/documentSymbol", document)
        expect([piece(TEXT, it["selectionRange"], encoding) for it in symbols], [(CLASS, "Größe"), (CHILD, "Kind𐐀")], encoding)
        for it in (inner for each in symbols for inner in each["children"]):
            expect(piece(TEXT, it["selectionRange"], encoding)[1], it["name"], encoding)
        [symbol] = session.request("workspace/symbol", {"query": "Kind𐐀"})
        expect(piece(TEXT, symbol["location"]["range"], encoding), (CHILD, "Kind𐐀"), encoding)
        hints = session.request("textDocument/inlayHint", document | {"range": whole})
        ends = [found(" # 😀"), len(TEXT) - 2]
        expect([offset(TEXT, it["position"], encoding) for it in hints], ends, encoding)
        lines, line, column = [], 0, 0
        data = session.request("textDocument/semanticTokens/full", document)["data"]
        for down, right, length, *_ in (data[it : it + 5] for it in range(0, len(data), 5)):
            line, column = line + down, right if down else column + right
            range_ = {"start": {"line": line, "character": column}, "end": {"line": line, "character": column + length}}
            lines.append(piece(TEXT, range_, encoding))
        for wanted in [(TARGET, "Kind𐐀"), (BACK, "größe"), (KEY, "größe"), (REVERSE, "kinder")]:
            expect(wanted in lines, True, f"{encoding}: {wanted} among {lines}")


def test_lenses_links_and_hierarchies(bench: Bench):
    """Lenses stand at names and lead to names, links cover codes in comments, and hierarchies are of names in classes."""
    heir = "class Erbe𐐀(Größe):"
    text = TEXT + heir + '\r\n\twort = "😀e\u0301\t"  # relmodel: ignore[unresolved-name]\r\n'
    start = text.index(heir)
    for session, encoding in sessions(bench, text):
        document = {"textDocument": {"uri": session.uri("models.py")}}
        lenses = session.request("textDocument/codeLens", document)
        wanted = {(CLASS, "Größe"): OTHER, (KINDER, "kinder"): OTHER, (CHILD, "Kind𐐀"): KINDER, (OTHER, "größe"): KINDER}
        expect([piece(text, it["range"], encoding) for it in lenses], list(wanted), encoding)
        for lens, target in zip(lenses, wanted.values()):
            _, position, [place_] = lens["command"]["arguments"]
            expect(position, lens["range"]["start"], encoding)
            expect(piece(text, place_["range"], encoding), (target, "größe" if target == OTHER else "kinder"), encoding)
        [link] = session.request("textDocument/documentLink", document)
        expect(piece(text, link["range"], encoding), (text.index("unresolved-name"), "unresolved-name"), encoding)
        [parent] = session.request("textDocument/prepareTypeHierarchy", at(session, CLASS + 4, encoding, text))
        [child] = session.request("typeHierarchy/subtypes", {"item": parent})
        [back] = session.request("typeHierarchy/supertypes", {"item": child})
        for item, name, begin in [(parent, "Größe", CLASS), (child, "Erbe𐐀", start + 6), (back, "Größe", CLASS)]:
            expect(piece(text, item["selectionRange"], encoding), (begin, name), encoding)
            expect(piece(text, item["range"], encoding)[0], begin - len("class "), encoding)


def test_findings_fixes_and_completion(bench: Bench):
    """A finding covers the wrong name, its fix mends that, and a proposal replaces what has been typed."""
    wrong = TEXT.replace('relationship("Kind𐐀"', 'relationship("Kidn𐐀"')
    for session, encoding in sessions(bench, wrong):
        document = {"textDocument": {"uri": session.uri("models.py")}}
        [finding] = [it for it in session.pull("models.py")["items"] if it["code"] == "unresolved-name"]
        expect(piece(wrong, finding["range"], encoding), (TARGET, "Kidn𐐀"), encoding)
        asked = {"range": finding["range"], "context": {"diagnostics": [finding]}}
        actions = session.request("textDocument/codeAction", document | asked)
        edits = [edit for it in actions if "edit" in it for each in _edits(it["edit"]) for edit in each]
        mended = [it for it in edits if it["newText"] == "Kind𐐀"]
        expect([piece(wrong, it["range"], encoding) for it in mended[:1]], [(TARGET, "Kidn𐐀")], f"{encoding}: {actions}")
        items = session.request("textDocument/completion", at(session, TARGET + 2, encoding, wrong))
        items = items["items"] if isinstance(items, dict) else items
        edit = next(it for it in items if it["label"] == "Kind𐐀")["textEdit"]
        range_ = edit.get("range") or edit["replace"]
        expect(piece(wrong, range_, encoding), (TARGET, "Kidn𐐀"), encoding)


def _edits(edit: dict) -> list:
    return [*edit.get("changes", {}).values(), *(it["edits"] for it in edit.get("documentChanges", []))]
