"""Prints what CPython's own parser finds in files: one line for each node that the grammar must show as well.

Usage: dump.py FOLDER...   (the standard library by default)

Lines are `kind row column details`; a line `= path` begins a file. Rows start at 0, columns count UTF-8 bytes.
Nodes inside f-strings are left out, since before Python 3.12 their positions are not told.
"""

import ast
import os
import sys
import sysconfig
import warnings

RANGED = {
    "Attribute": "attribute", "Subscript": "subscript", "Lambda": "lambda", "IfExp": "conditional_expression",
    "ListComp": "list_comprehension", "SetComp": "set_comprehension", "DictComp": "dictionary_comprehension",
    "NamedExpr": "named_expression", "Await": "await", "List": "list", "Set": "set", "Dict": "dictionary",
}
PLACED = {
    "Return": "return_statement", "Delete": "delete_statement", "Raise": "raise_statement", "Pass": "pass_statement",
    "Break": "break_statement", "Continue": "continue_statement", "Assert": "assert_statement", "For": "for_statement",
    "AsyncFor": "for_statement", "While": "while_statement", "With": "with_statement", "AsyncWith": "with_statement",
    "Try": "try_statement", "TryStar": "try_statement", "Match": "match_statement", "Global": "global_statement",
    "Nonlocal": "nonlocal_statement", "TypeAlias": "type_alias_statement",
}


def span(node):
    return f"{node.lineno - 1} {node.col_offset} {node.end_lineno - 1} {node.end_col_offset}"


def parameters(args):
    return len(args.posonlyargs) + len(args.args) + len(args.kwonlyargs) + bool(args.vararg) + bool(args.kwarg)


def describe(node):
    kind = type(node).__name__
    place = f"{node.lineno - 1} {node.col_offset}"
    if kind in RANGED:
        return f"{RANGED[kind]} {span(node)}"
    if kind in PLACED:
        return f"{PLACED[kind]} {place}"
    if kind == "ClassDef":
        return f"class_definition {place} {node.name} {len(node.bases) + len(node.keywords)} {len(node.body)}"
    if kind in ("FunctionDef", "AsyncFunctionDef"):
        return f"function_definition {place} {node.name} {parameters(node.args)} {len(node.body)}"
    if kind == "Import":
        return f"import_statement {span(node)} {len(node.names)}"
    if kind == "ImportFrom":
        return f"import_from_statement {span(node)} {len(node.names)}"
    if kind == "Assign":
        return f"assignment {span(node)} {len(node.targets)}"
    if kind == "AnnAssign":
        return f"annotated {span(node)} {span(node.annotation)} {int(node.value is not None)}"
    if kind == "AugAssign":
        return f"augmented_assignment {span(node)}"
    if kind == "Call":
        return f"call {span(node)} {len(node.args)} {len(node.keywords)}"
    if kind == "JoinedStr" or kind == "TemplateStr" or kind == "Constant" and isinstance(node.value, (str, bytes)):
        return f"string {span(node)}"
    return None


def walk(node, lines):
    line = describe(node) if hasattr(node, "lineno") else None
    if line:
        lines.append(line)
    if type(node).__name__ in ("JoinedStr", "TemplateStr"):
        return
    for field, child in ast.iter_fields(node):
        for item in child if isinstance(child, list) else [child]:
            # The expressions inside patterns are drawn as patterns, not as calls or attributes.
            if isinstance(item, ast.AST) and not (type(node).__name__ == "match_case" and field == "pattern"):
                walk(item, lines)


def files(folders):
    for folder in folders:
        for root, _, names in sorted(os.walk(folder)):
            for name in sorted(names):
                if name.endswith(".py"):
                    yield os.path.join(root, name)


def main():
    warnings.simplefilter("ignore")
    sys.setrecursionlimit(5000)
    for path in files(sys.argv[1:] or [sysconfig.get_paths()["stdlib"]]):
        try:
            with open(path, "rb") as file:
                text = file.read()
            # Rows and columns mean the same to both sides only in plain UTF-8 with one kind of newline.
            text.decode("utf-8")
            if text.startswith(b"\xef\xbb\xbf") or b"\r" in text or b"\x0c" in text or b"coding:" in text[:200]:
                continue
            lines = [f"module 0 0 {len((tree := ast.parse(text)).body)}"]
            walk(tree, lines)
        except (SyntaxError, ValueError, RecursionError, MemoryError, OSError):
            continue
        print("=", path)
        print("\n".join(sorted(lines)))


main()
