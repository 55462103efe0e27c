"""Texts in unusual dress: every file of the standard library with other newlines, marks, tabs, continuations and encodings.

Owns how a file is changed. Each change keeps what the file says, as far as CPython agrees: it judges the changed files too.
"""

import hashlib
import io
import re
import tokenize
from pathlib import Path

import sources
from sources import AREA, Source, cache

MARK = b"\xef\xbb\xbf"


def crlf(data: bytes) -> bytes:
    return data.replace(b"\n", b"\r\n")


def cr(data: bytes) -> bytes:
    return data.replace(b"\n", b"\r")


def mixed_newlines(data: bytes) -> bytes:
    """All three kinds of newline in one file."""
    lines = data.split(b"\n")
    return b"".join(line + (b"\n", b"\r\n", b"\r")[number % 3] for number, line in enumerate(lines[:-1])) + lines[-1]


def mark(data: bytes) -> bytes:
    """A byte order mark, and DOS newlines after it."""
    return MARK + crlf(data)


def tabs(data: bytes) -> bytes:
    """Tabs for the indentation, with blanks where four columns are not full."""
    return re.sub(rb"(?m)^(?: {4})+", lambda it: b"\t" * (len(it[0]) // 4), data)


def form_feeds(data: bytes) -> bytes:
    """A form feed before every seventh line's indentation, and on lines of their own before definitions."""
    lines = data.split(b"\n")
    for number, line in enumerate(lines):
        if line.startswith((b"def ", b"class ", b"@")):
            lines[number] = b"\f\n" + line
        elif number % 7 == 0 and line.strip():
            lines[number] = b"\f" + line
    return b"\n".join(lines)


def continuations(data: bytes) -> bytes:
    """A backslash and a newline between any two tokens of a line."""
    lines = data.decode("utf-8").split("\n")
    for row, columns in sorted(gaps(data).items()):
        line = lines[row - 1]
        for column in sorted(columns, reverse=True):
            line = f"{line[:column]} \\\n{line[column:]}"
        lines[row - 1] = line
    return "\n".join(lines).encode()


def gaps(data: bytes) -> dict[int, list[int]]:
    """The columns of each row before which a line can be joined: between two tokens, but not within an f-string."""
    found, last, depth = {}, None, 0
    for token in tokenize.tokenize(io.BytesIO(data).readline):
        name = tokenize.tok_name[token.type]
        inside = depth > 0
        depth += name in ("FSTRING_START", "TSTRING_START")
        depth -= name in ("FSTRING_END", "TSTRING_END")
        ends = name in ("COMMENT", "NEWLINE", "NL", "ENDMARKER", "INDENT", "DEDENT")
        if last and not ends and not inside and last.end[0] == token.start[0] and token.line:
            found.setdefault(token.start[0], []).append(token.start[1])
        last = None if ends else token
    return found


def latin(data: bytes) -> bytes:
    """Bytes in comments and in long strings that are no UTF-8, with the cookie that says so."""
    text = data.decode("ascii")
    parts, end = ["# -*- coding: latin-1 -*-\n"], 0
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT or (token.type == tokenize.STRING and token.string.startswith('"""')):
            start = starts[token.start[0] - 1] + token.start[1]
            parts += [text[end:start], re.sub("(?<=[a-z])e(?=[a-z])", "é", token.string)]
            end = start + len(token.string)
    return "".join([*parts, text[end:]]).encode("latin-1")


VARIANTS = [crlf, cr, mixed_newlines, mark, tabs, form_feeds, continuations, latin]


def dressed() -> list[Source]:
    """The standard library once in each dress."""
    return [dress(change) for change in VARIANTS]


def dress(change) -> Source:
    library = sources.library()

    def build(folder: Path) -> None:
        for path in library.files():
            try:
                data = change(path.read_bytes())
            except (UnicodeDecodeError, tokenize.TokenError, SyntaxError):
                continue
            target = folder / path.relative_to(library.folder)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)

    made = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()[:8]
    name = f"{library.name}-{change.__name__}-{made}"
    return Source(name, cache.provide(name, build, AREA))
