"""Renames beside the packages that are given SQLAlchemy's models and name their attributes in strings of their own.

`companions/` holds a program: models, and what marshmallow-sqlalchemy, factory_boy and sqladmin make of them. Each attribute is
called by a fresh name through the server, edits that ask are confirmed, and what the program prints has to stay the same.

    python3 tests/oracle/companions.py

Owns the packages' versions. What a rename changes is for `renames.py` to say.
"""

import ast
import subprocess
import sys
from pathlib import Path

import oracle
import venvs
from tally import Tally, attempt

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "protocol"))

import bench  # noqa: E402  (the folder of the client is on the path only now)
import renames  # noqa: E402  (it reads the client, too)

FOLDER = Path(__file__).with_name("companions")

PACKAGES = [
    "SQLAlchemy==2.1.9", "greenlet==3.5.6", "marshmallow-sqlalchemy==1.6.0", "marshmallow==4.4.0", "factory_boy==3.3.3",
    "sqladmin==0.32.0", "starlette==1.10.0", "WTForms==3.2.2", "httpx==0.28.1", "itsdangerous==2.2.0", "python-multipart==0.0.34",
]

# sqladmin finds an object by the attribute that is called as the column of the primary key.
GAPS = {"id": "views.py"}


def main() -> None:
    tally = Tally()
    interpreter = venvs.environment("companions", PACKAGES)
    files = {path.name: path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.py"))}
    programs = [name for name in files if name != "models.py"]
    before = {name: printed(interpreter, files, name) for name in programs}
    for name, said in before.items():
        tally.check(f"{name} runs", [] if said[0] == 0 and said[1] else [said[2]])
    with oracle.workspace(files) as root:
        session = bench.Session(root.resolve())
        session.initialize(renames.able())
        for name, line in attributes(files["models.py"]):
            after = attempt(renamed, session, files, name, line)
            for program in programs:
                if GAPS.get(name) != program:
                    tally.check(f"{name} in line {line + 1}: {program}", attempt(compare, interpreter, after, program, before[program]))
        session.close()
    tally.close()


def attributes(text: str) -> list[tuple[str, int]]:
    """The attributes of the models, by name and line from 0."""
    statements = [each for it in ast.parse(text).body if isinstance(it, ast.ClassDef) for each in it.body]
    return [(it.target.id, it.lineno - 1) for it in statements if isinstance(it, ast.AnnAssign)]


def renamed(session, files: dict[str, str], name: str, line: int) -> dict[str, str]:
    """The files after a rename."""
    place = session.at("models.py", line, 4)
    edit = session.request("textDocument/rename", place | {"newName": f"fresh_{name}"})
    return renames.applied(session, files, edit, confirmed=True)


def compare(interpreter: Path, after, program: str, before: tuple[int, str, str]) -> list[str]:
    """What a program says otherwise than before."""
    if isinstance(after, list):
        return after
    status, said, complaint = printed(interpreter, after, program)
    return [] if (status, said) == before[:2] else [f"status {status}", said, complaint]


def printed(interpreter: Path, files: dict[str, str], program: str) -> tuple[int, str, str]:
    """The status of a program, what it prints, and the end of its complaints."""
    with oracle.workspace(files) as root:
        done = subprocess.run(
            [str(interpreter), "-W", "ignore", program], cwd=root, check=False, capture_output=True, text=True, stdin=subprocess.DEVNULL,
        )
    return done.returncode, done.stdout, done.stderr[-500:]


if __name__ == "__main__":
    main()
