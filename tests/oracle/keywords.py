#!/usr/bin/env python3
"""The keyword arguments that completion offers, compared with SQLAlchemy's own functions in each version: each that is
offered is taken, and each that the function names is offered.

Owns the comparison. The lists are in `server/ide/src/completion/keywords.rs`.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "protocol"))

from client import Client
from tally import Tally
from venvs import SQLALCHEMY, sqlalchemy

# Not for models: what the class itself says or is deprecated, columns of a table that is there already, SQLAlchemy's own inserts.
LEFT_OUT = {"mapper": {"class_", "local_table", "non_primary"}, "Column": {"insert_sentinel"}, "mapped_column": set(), "ForeignKeyConstraint": {"columns", "refcolumns", "table"}, "ForeignKey": {"column"}, "backref": {"name"}}

# Run by the Python of each version: the parameters that a function names, and those of a list that it takes.
PROBE = '''
import inspect, json, sys
import sqlalchemy, sqlalchemy.orm as orm
from sqlalchemy import Column, ForeignKey, ForeignKeyConstraint, Integer
from sqlalchemy.orm import relationships
offered = json.load(sys.stdin)
relationship = getattr(relationships, "RelationshipProperty") if sqlalchemy.__version__.startswith("1.4") else orm.relationship
functions = {"relationship": relationship, "backref": relationship, "Column": Column, "ForeignKey": ForeignKey, "ForeignKeyConstraint": ForeignKeyConstraint, "mapper": orm.Mapper}
if hasattr(orm, "mapped_column"):
    functions["mapped_column"] = orm.mapped_column

def named(function):
    own = function.__init__ if inspect.isclass(function) else function
    kinds = (inspect.Parameter.KEYWORD_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    return [name for name, it in inspect.signature(own).parameters.items() if it.kind in kinds and name != "self" and not name.startswith("_")]

ARGUMENTS = {"relationship": ["Child"], "backref": ["Child"], "Column": ["x", Integer], "mapped_column": ["x", Integer], "ForeignKey": ["a.b"], "ForeignKeyConstraint": [["a"], ["b.c"]], "mapper": [object, None]}

def takes(name, keyword):
    given = list(ARGUMENTS[name])
    if keyword in ("name", "type_"):
        given = []
    if keyword in ("argument",):
        given = []
    try:
        functions[name](*given, **{keyword: None})
    except TypeError as failure:
        return not ("unexpected keyword" in str(failure) or "Additional arguments" in str(failure))
    except sqlalchemy.exc.ArgumentError as failure:
        return "Unknown arguments" not in str(failure)
    except Exception:
        pass
    return True

json.dump({name: {"named": named(it), "refused": [keyword for keyword in offered.get(name, []) if not takes(name, keyword)]} for name, it in functions.items()}, sys.stdout)
'''

# Where each is completed, at `$0`.
CALLS = {
    "relationship": "x = relationship($0)", "backref": "x = relationship('X', backref=backref('y', $0))", "Column": "x = Column($0)",
    "mapped_column": "x = mapped_column($0)", "ForeignKey": "x = Column(ForeignKey('a.b', $0))",
    "ForeignKeyConstraint": "x = ForeignKeyConstraint([], [], $0)", "mapper": "__mapper_args__ = {'$0'}",
}

HEAD = """from sqlalchemy import Column, ForeignKey, ForeignKeyConstraint
from sqlalchemy.orm import backref, declarative_base, mapped_column, relationship
Base = declarative_base()
class A(Base):
    __tablename__ = "a"
    """


def offered(version: str) -> dict[str, list[str]]:
    """What the server offers in each function, for a project of this version."""
    res = {}
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "pyproject.toml").write_text(f'[tool.relmodel]\nsqlalchemy = "{version}"\n', encoding="utf-8")
        for name, call in CALLS.items():
            (root / f"{name.lower()}.py").write_text(HEAD + call.replace("$0", "") + "\n", encoding="utf-8")
        client = Client()
        try:
            folders = [{"uri": root.as_uri(), "name": "root"}]
            client.request("initialize", {"processId": None, "rootUri": None, "capabilities": {}, "workspaceFolders": folders})
            client.notify("initialized", {})
            for name, call in CALLS.items():
                column = len(HEAD.splitlines()[-1]) + call.index("$0")
                place = {"textDocument": {"uri": (root / f"{name.lower()}.py").as_uri()}, "position": {"line": HEAD.count("\n"), "character": column}}
                answer = client.request("textDocument/completion", place)
                res[name] = [it["label"] for it in (answer or {"items": []})["items"]]
        finally:
            client.close()
    return res


def main() -> None:
    tally = Tally()
    for version in SQLALCHEMY:
        ours = offered(version)
        probe = subprocess.run([str(sqlalchemy(version)), "-c", PROBE], input=json.dumps(ours), capture_output=True, text=True, check=True)
        for name, theirs in json.loads(probe.stdout).items():
            wanted = [it for it in theirs["named"] if it not in LEFT_OUT.get(name, set())]
            if name == "backref":
                wanted = [it for it in wanted if it not in ("argument", "back_populates", "backref")]
            missing = [it for it in wanted if it not in ours[name]]
            faults = [f"{it} is not offered" for it in missing] + [f"{it} is offered, and {name}() does not take it" for it in theirs["refused"]]
            if not ours[name]:
                faults.append("nothing is offered")
            tally.check(f"{version} {name}", faults)
    tally.close()


if __name__ == "__main__":
    main()
