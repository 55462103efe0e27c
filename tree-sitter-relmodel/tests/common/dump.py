"""Tells what CPython's own parser finds in a file: one line for each node that the grammar must show as well.

    dump.py FOLDER...           the lines of each file, after a line `= PATH`; the standard library by default
    import dump                 `lines_of(text)` and `digest(lines)` for other judges

A line is `kind place details`. A place is `row:column` or `row:column-row:column`; rows start at 0, columns count bytes
of the file as it lies on disk, newlines are \\n, \\r\\n and \\r. What stands in the braces of f-strings is told from
Python 3.12 on: before, its places are wrong.
"""

import ast
import os
import re
import sys
import sysconfig
import tokenize
import warnings
import zlib

BRACES = sys.version_info >= (3, 12)

RANGED = {
    "ListComp": "list_comprehension", "SetComp": "set_comprehension", "DictComp": "dictionary_comprehension",
    "GeneratorExp": "generator_expression", "Await": "await", "Yield": "yield", "YieldFrom": "yield",
}
PLACED = {
    "Pass": "pass_statement", "Break": "break_statement", "Continue": "continue_statement",
    "Global": "global_statement", "Nonlocal": "nonlocal_statement",
}
LITERALS = {"List": "list", "Set": "set"}


class Columns:
    """Turns the columns that `ast` tells, which count UTF-8, into those of the file."""

    def __init__(self, data):
        self.lines = None
        self.mark = 3 if data.startswith(b"\xef\xbb\xbf") else 0
        encoding, _ = tokenize.detect_encoding(iter(data.splitlines(keepends=True)).__next__)
        if encoding not in ("utf-8", "utf-8-sig"):
            self.encoding = encoding
            self.lines = re.split("\r\n|\r|\n", data.decode(encoding))

    def place(self, row, column):
        if self.lines is not None:
            column = len(self.lines[row - 1].encode()[:column].decode().encode(self.encoding))
        elif row == 1:
            column += self.mark
        return f"{row - 1}:{column}"


class Dump:
    """The lines of one file."""

    def __init__(self, data):
        self.columns = Columns(data)
        self.lines = []

    def start(self, node):
        return self.columns.place(node.lineno, node.col_offset)

    def span(self, node):
        if node is None:
            return "-"
        place = self.columns.place
        return f"{place(node.lineno, node.col_offset)}-{place(node.end_lineno, node.end_col_offset)}"

    def spans(self, nodes):
        return " ".join([self.span(it) for it in nodes])

    def walk(self, node):
        kind = type(node).__name__
        describe = getattr(self, kind, None)
        if describe:
            self.lines.append(describe(node))
        elif kind in RANGED:
            self.lines.append(f"{RANGED[kind]} {self.span(node)}")
        elif kind in PLACED:
            self.lines.append(f"{PLACED[kind]} {self.start(node)}")
        elif kind in LITERALS:
            self.lines.append(f"{LITERALS[kind]} {self.span(node)} {self.spans(node.elts)}")
        if kind in ("JoinedStr", "TemplateStr"):
            self.braces(node)
            return
        for field in node._fields:
            child = getattr(node, field)
            for item in child if isinstance(child, list) else [child]:
                # What patterns hold is drawn as patterns, not as calls or attributes.
                if isinstance(item, ast.AST) and not (kind == "match_case" and field == "pattern"):
                    self.walk(item)

    def braces(self, string):
        """What stands in the braces of an f-string, and in those of its format specifiers."""
        for value in string.values if BRACES else []:
            if isinstance(value, ast.Constant):
                continue
            self.walk(value.value)
            if value.format_spec is not None:
                self.braces(value.format_spec)

    # ---------------------------------------------------------------- definitions

    def Module(self, node):
        return f"module {len(node.body)}"

    def ClassDef(self, node):
        bases = " ".join([*map(self.span, node.bases), *map(self.keyword_text, node.keywords)])
        self.decorators(node)
        return f"class {self.start(node)} {plain(node.name)} {types(node)} {len(node.body)} {bases}"

    def FunctionDef(self, node):
        self.decorators(node)
        self.parameters(node.args)
        return f"def {self.start(node)} {plain(node.name)} {types(node)} {len(node.body)} {self.span(node.returns)}"

    AsyncFunctionDef = FunctionDef

    def Lambda(self, node):
        self.parameters(node.args)
        return f"lambda {self.span(node)} {self.span(node.body)}"

    def decorators(self, node):
        for each in node.decorator_list:
            self.lines.append(f"decorator {self.span(each)}")

    def parameters(self, args):
        positional = [*args.posonlyargs, *args.args]
        defaults = [None] * (len(positional) - len(args.defaults)) + args.defaults
        pairs = [*zip(positional, defaults), *zip(args.kwonlyargs, args.kw_defaults)]
        pairs += [(it, None) for it in (args.vararg, args.kwarg) if it]
        for each, default in pairs:
            annotation = self.span(each.annotation)
            self.lines.append(f"parameter {self.start(each)} {plain(each.arg)} {annotation} {self.span(default)}")

    # ---------------------------------------------------------------- statements

    def Import(self, node):
        return f"import {self.span(node)} {aliases(node)}"

    def ImportFrom(self, node):
        return f"import_from {self.span(node)} {'.' * node.level}{plain(node.module or '')} {aliases(node)}"

    def Assign(self, node):
        return f"assignment {self.span(node)} {self.spans(node.targets)} = {self.span(node.value)}"

    def AnnAssign(self, node):
        parts = f"{self.span(node.target)} : {self.span(node.annotation)} = {self.span(node.value)}"
        return f"assignment {self.span(node)} {parts}"

    def AugAssign(self, node):
        return f"augmented_assignment {self.span(node)} {self.span(node.target)} {self.span(node.value)}"

    def TypeAlias(self, node):
        return f"type_alias_statement {self.span(node)} {plain(node.name.id)} {types(node)} {self.span(node.value)}"

    def Return(self, node):
        return f"return_statement {self.span(node)} {self.span(node.value)}"

    def Raise(self, node):
        return f"raise_statement {self.span(node)} {self.span(node.exc)} {self.span(node.cause)}"

    def Delete(self, node):
        return f"delete_statement {self.span(node)}"

    def Assert(self, node):
        return f"assert_statement {self.span(node)}"

    def If(self, node):
        return f"if {self.start(node)} {self.span(node.test)} {len(node.body)}"

    def While(self, node):
        return f"while_statement {self.start(node)} {self.span(node.test)} {len(node.body)}"

    def For(self, node):
        return f"for_statement {self.start(node)} {self.span(node.target)} {self.span(node.iter)} {len(node.body)}"

    AsyncFor = For

    def With(self, node):
        return f"with_statement {self.start(node)} {len(node.body)}"

    AsyncWith = With

    def Try(self, node):
        return f"try_statement {self.start(node)} {len(node.body)} {len(node.handlers)}"

    TryStar = Try

    def ExceptHandler(self, node):
        return f"except {self.start(node)} {plain(node.name or '-')} {len(node.body)}"

    def Match(self, node):
        return f"match_statement {self.start(node)} {self.span(node.subject)} {len(node.cases)}"

    # ---------------------------------------------------------------- expressions

    def Call(self, node):
        parts = " ".join([*map(self.span, node.args), *map(self.keyword_text, node.keywords)])
        return f"call {self.span(node)} {self.span(node.func)} {parts}"

    def keyword_text(self, node):
        return f"{plain(node.arg or '**')}={self.span(node.value)}"

    def Attribute(self, node):
        return f"attribute {self.span(node)} {self.span(node.value)} {plain(node.attr)}"

    def Subscript(self, node):
        return f"subscript {self.span(node)} {self.span(node.value)}"

    def IfExp(self, node):
        parts = f"{self.span(node.body)} {self.span(node.test)} {self.span(node.orelse)}"
        return f"conditional_expression {self.span(node)} {parts}"

    def NamedExpr(self, node):
        return f"named_expression {self.span(node)} {plain(node.target.id)} {self.span(node.value)}"

    def Dict(self, node):
        return f"dictionary {self.span(node)} {len(node.values)}"

    def comprehension(self, node):
        return f"for_in_clause {self.span(node.target)} {self.span(node.iter)} {len(node.ifs)}"

    def Constant(self, node):
        if isinstance(node.value, (str, bytes)):
            return f"string {self.span(node)}"
        if isinstance(node.value, (bool, type(None), type(...))):
            return f"constant {self.span(node)}"
        return f"number {self.span(node)}"

    def JoinedStr(self, node):
        return f"string {self.span(node)}"

    TemplateStr = JoinedStr


def plain(name):
    """A name as both sides can spell it: CPython normalises what is not ASCII."""
    return name if name.isascii() else "?"


def types(node):
    return len(getattr(node, "type_params", ()))


def aliases(node):
    return " ".join([f"{plain(it.name)}={plain(it.asname or '-')}" for it in node.names])


def lines_of(data):
    """The sorted lines of a file's bytes. Raises what `ast.parse` raises."""
    tree = ast.parse(data)
    dump = Dump(data)
    dump.walk(tree)
    return sorted(dump.lines)


REFUSALS = (SyntaxError, ValueError, RecursionError, MemoryError)


def digest(lines):
    """What stands for the lines in a table of verdicts: their number, their size and a checksum."""
    text = "".join([f"{line}\n" for line in lines]).encode()
    return f"{len(lines)} {len(text)} {zlib.crc32(text):08x}"


def files(folders):
    for folder in folders:
        for root, folders_below, names in os.walk(folder):
            # What is installed beside the library differs from one machine to the next.
            folders_below[:] = sorted(set(folders_below) - {"site-packages", "dist-packages"})
            for name in sorted(names):
                if name.endswith(".py"):
                    yield os.path.join(root, name)


def main():
    warnings.simplefilter("ignore")
    sys.setrecursionlimit(5000)
    print("braces" if BRACES else "no braces")
    for path in files(sys.argv[1:] or [sysconfig.get_paths()["stdlib"]]):
        try:
            with open(path, "rb") as file:
                lines = lines_of(file.read())
        except (*REFUSALS, OSError):
            continue
        print("=", path)
        print("\n".join(lines))


if __name__ == "__main__":
    main()
