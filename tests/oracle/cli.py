"""The command line: exit statuses, the fixed JSON forms, columns, and behaviour on broken input.

    python3 tests/oracle/cli.py
"""

import json
import os
import random
import re
import subprocess
import tempfile
import time
import xml.etree.ElementTree as xml
from pathlib import Path

import pages
import server
from fixture import drawn, split
from tally import Tally, attempt

CLEAN = '''from sqlalchemy import Column, Integer
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class Parent(Base):
    __tablename__ = "parent"
    id = Column(Integer, primary_key=True)
'''
WRONG = CLEAN.replace(", primary_key=True", "")

FINDING = {"code", "severity", "message", "path", "range", "url", "related"}
SUMMARY = {"files", "classes", "relationships", "errors", "warnings", "hints", "milliseconds"}
COLUMN = {"key", "name", "table", "type", "nullable", "primary_key", "foreign_keys"}
INSPECT = {
    "classes": {"class", "path", "line", "table", "inherits", "columns"},
    "tables": {"name", "path", "line", "columns"},
    "relationships": {
        "class", "key", "target", "direction", "uselist", "secondary", "reverse", "local_remote_pairs", "viewonly",
        "from_backref", "path", "line",
    },
    "unknown": {"path", "line", "what", "reason"},
}
SAMPLE = server.REPOSITORY / "tests" / "samples" / "cheatsheet"
MILLISECONDS = 100


def main() -> None:
    tally = Tally()
    for test in (statuses, selection, check_form, inspect_form, columns, paths, explains, comments, unsaved, counted, github, gitlab, sarif, junit, watched,
        broken_bytes, every_prefix, unreadable, quick):
        with tempfile.TemporaryDirectory(prefix="relmodel-") as folder:
            tally.check(test.__doc__.splitlines()[0], attempt(test, Path(folder)))
    tally.close()


def relmodel(*arguments: str, cwd: Path | None = None, text: str | None = None) -> subprocess.CompletedProcess:
    """One run of the binary, with a text as its standard input."""
    command = [str(server.binary().resolve()), *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, input=text, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False)


def statuses(folder: Path) -> list[str]:
    """The exit status is 0 without errors, 1 with, 2 for what cannot be done."""
    (folder / "clean.py").write_text(CLEAN)
    (folder / "wrong.py").write_text(WRONG)
    cases = [
        (0, "check", "clean.py"), (1, "check", "wrong.py"), (1, "check", "."), (0, "inspect", "wrong.py"),
        (2, "check", "missing.py"), (2, "check", "--format", "xml", "clean.py"), (2, "explain", "no-such-rule"), (2, "cehck"),
    ]
    faults = []
    for wanted, *arguments in cases:
        done = relmodel(*arguments, cwd=folder)
        if done.returncode != wanted:
            faults.append(f"{' '.join(arguments)}: status {done.returncode}, wanted {wanted}: {done.stderr.strip()[:300]}")
    return faults


def selection(folder: Path) -> list[str]:
    """Settings choose rules, severities, files and versions; the command line stands above files."""
    (folder / "wrong.py").write_text(WRONG)
    (folder / "old").mkdir()
    (folder / "old" / "wrong.py").write_text(WRONG)
    (folder / "pyproject.toml").write_text("[tool.relmodel]\nexclude = ['old']\nseverity = {no-primary-key = 'warning'}\n")
    (folder / "other.toml").write_text("select = ['no-tablename']\n")
    warned, silent = ["wrong.py warning"], []
    cases = [
        (0, warned, "."), (0, warned, "old/wrong.py", "wrong.py"), (0, silent, "--ignore", "no-primary-key", "."),
        (0, silent, "--select", "fk-*,unresolved-name", "."), (0, warned, "--select", "no-primary-key", "--ignore", "all", "."),
        (0, silent, "--config", "other.toml", "wrong.py"), (1, ["wrong.py error"], "--config", 'severity.no-primary-key = "error"', "."),
        (0, silent, "--config", "ignore = ['no-primary-key']", "."), (2, warned, "--select", "no-primry-key", "."),
        (2, warned, "--config", "none.toml", "."), (2, warned, "--config", "sqlalchemy = 2", "."),
    ]
    cases[1] = (0, ["old/wrong.py warning", *warned], *cases[1][2:])
    faults = []
    for status, wanted, *arguments in cases:
        done = relmodel("check", "--format", "json", *arguments, cwd=folder)
        found = [f"{each['path']} {each['severity']}" for each in json.loads(done.stdout)["findings"]]
        if (done.returncode, found) != (status, wanted):
            faults.append(f"{' '.join(arguments)}: status {done.returncode}, {found}, wanted {status}, {wanted}: {done.stderr.strip()}")
    (folder / "pyproject.toml").write_text("[tool.relmodel]\nignore = [\n  'no-primry-key',\n]\nsevrity = {}\n")
    said = relmodel("check", ".", cwd=folder).stderr
    for wanted in (
        "pyproject.toml:3: unknown code `no-primry-key`; did you mean `no-primary-key`?",
        "pyproject.toml:5: unknown setting `sevrity`; did you mean `severity`?",
    ):
        if wanted not in said:
            faults.append(f"{wanted!r} is not said: {said!r}")
    return faults


def check_form(folder: Path) -> list[str]:
    """`check --format json` has the fixed form."""
    done = json.loads(relmodel("check", str(SAMPLE), "--format", "json").stdout)
    faults = _keys("the whole", done, {"findings", "summary"}) + _keys("summary", done["summary"], SUMMARY)
    for each in done["findings"]:
        faults += _keys(each["code"], each, FINDING) + _range_faults(each["code"], each["range"])
        for other in each["related"]:
            faults += _keys(f"related of {each['code']}", other, {"path", "range", "message"})
        if each["severity"] not in ("error", "warning", "hint"):
            faults.append(f"{each['code']}: severity {each['severity']!r}")
        if not str(each["url"]).startswith("https://"):
            faults.append(f"{each['code']}: url {each['url']!r}")
    counted = sum(each["severity"] == "error" for each in done["findings"])
    if done["summary"]["errors"] != counted:
        faults.append(f"summary counts {done['summary']['errors']} errors, there are {counted}")
    return faults


def inspect_form(folder: Path) -> list[str]:
    """`inspect --format json` has the fixed form."""
    (folder / "broken_base.py").write_text("from nowhere import Base\n\n\nclass Parent(Base):\n    __tablename__ = 'parent'\n")
    done = json.loads(relmodel("inspect", str(SAMPLE), str(folder), "--format", "json").stdout)
    faults = _keys("the whole", done, set(INSPECT))
    for kind, wanted in INSPECT.items():
        if not done[kind]:
            faults.append(f"no {kind} at all")
        for each in done[kind]:
            faults += _keys(f"one of {kind}", each, wanted)
            for column in each.get("columns", []):
                faults += _keys(f"a column in {kind}", column, COLUMN)
    return faults


def columns(folder: Path) -> list[str]:
    """Columns count code points, also after emoji."""
    text = pages.read_page(pages.RULES / "relationship" / "unresolved_name.rs").wrong
    text = text.replace("    children = ", '    note = "🙂🙂🙂"; children = ').replace("    #                        ^", "    #" + " " * 39 + "^")
    (folder / "models.py").write_text(text, encoding="utf-8")
    wanted = drawn(split(text), "unresolved-name")
    column = text.splitlines()[wanted[0].line - 1].index("Chlid") + 1
    found = server.findings(folder)
    if [(each.start, each.end) for each in found] != [(column, column + len("Chlid"))]:
        return [f"wanted column {column}, found {list(map(str, found))}"]
    return []


def paths(folder: Path) -> list[str]:
    """Paths come back as they were given."""
    (folder / "shop").mkdir()
    (folder / "shop" / "wrong.py").write_text(WRONG)
    faults = []
    whole = str(folder / "shop")
    for given, wanted in [("shop", "shop/wrong.py"), ("shop/wrong.py", "shop/wrong.py"), (whole, f"{whole}/wrong.py")]:
        done = json.loads(relmodel("check", given, "--format", "json", cwd=folder).stdout)
        found = [each["path"] for each in done["findings"]]
        if found != [wanted]:
            faults.append(f"check {given}: paths {found}, wanted {wanted}")
    return faults


def explains(folder: Path) -> list[str]:
    """`explain CODE` shows every rule's page."""
    faults = []
    for path in sorted(pages.RULES.rglob("*.rs")):
        page = pages.read_page(path)
        if page is None:
            continue
        done = relmodel("explain", page.code)
        summary = path.read_text(encoding="utf-8").splitlines()[0].removeprefix("//! ")
        for part in (summary, page.wrong.strip(), page.right.strip(), page.quoted[0][1].strip()):
            if done.returncode != 0 or part not in done.stdout:
                faults.append(f"{page.code}: status {done.returncode}, lacks {part.splitlines()[0]!r}")
    return faults


def comments(folder: Path) -> list[str]:
    """Comments keep findings from being reported, and `--fix` removes those that keep nothing."""
    ignored = "class Parent(Base):  # relmodel: ignore[no-primary-key]"
    (folder / "wrong.py").write_text(WRONG.replace("class Parent(Base):", ignored))
    (folder / "clean.py").write_text(CLEAN.replace("class Parent(Base):", ignored).replace('"parent"', '"other"'))
    faults = []
    found = json.loads(relmodel("check", "--format", "json", cwd=folder).stdout)["findings"]
    codes = [(each["path"], each["severity"], each["code"]) for each in found]
    if codes != [("clean.py", "hint", "unused-ignore")]:
        faults.append(f"found {codes}")
    done = relmodel("check", "--fix", cwd=folder)
    if "#" in (folder / "clean.py").read_text() or ignored not in (folder / "wrong.py").read_text() or done.returncode != 0:
        faults.append(f"status {done.returncode}, {done.stderr.strip()}: {(folder / 'clean.py').read_text()}")
    return faults


def unsaved(folder: Path) -> list[str]:
    """`--stdin-filename` takes that file's text from standard input and all others from disk."""
    (folder / "base.py").write_text(CLEAN)
    (folder / "child.py").write_text(CLEAN)
    text = "from base import Base\n\n\nclass Child(Base):\n    __tablename__ = 'child'\n"
    faults = []
    for name in ("child.py", "new.py", str(folder / "child.py")):
        done = relmodel("check", "--stdin-filename", name, "--format", "json", cwd=folder, text=text)
        found = json.loads(done.stdout)
        codes = [(each["path"], each["code"]) for each in found["findings"]]
        if (done.returncode, codes, found["summary"]["files"]) != (1, [(name, "no-primary-key")], 1):
            faults.append(f"{name}: status {done.returncode}, {codes}, {found['summary']}: {done.stderr.strip()}")
    clean = relmodel("check", "--stdin-filename", "child.py", cwd=folder, text="")
    return faults if clean.returncode == 0 else [*faults, f"nothing at all: status {clean.returncode}: {clean.stderr.strip()}"]


def counted(folder: Path) -> list[str]:
    """`--statistics`, `--exit-zero`, `--output-file` and `concise`."""
    (folder / "wrong.py").write_text(WRONG)
    faults = []
    cases = [
        (["--statistics"], 1, "     1  error    no-primary-key\n1 error, "),
        (["--statistics", "--format", "json", "--exit-zero"], 0, '"count": 1'),
        (["--format", "concise"], 1, "wrong.py:7:7: error[no-primary-key]: "),
        (["--exit-zero"], 0, "error[no-primary-key]"),
        (["--statistics", "--format", "sarif"], 2, '"version": "2.1.0"'),
    ]
    for arguments, status, wanted in cases:
        done = relmodel("check", *arguments, cwd=folder)
        if done.returncode != status or wanted not in done.stdout:
            faults.append(f"{arguments}: status {done.returncode}: {done.stdout[:300]} {done.stderr.strip()}")
    done = relmodel("check", "--output-file", "out.txt", cwd=folder)
    if (done.returncode, done.stdout) != (1, "") or "no-primary-key" not in (folder / "out.txt").read_text():
        faults.append(f"--output-file: status {done.returncode}: {done.stdout!r} {done.stderr.strip()}")
    if relmodel("check", "--output-file", "no/out.txt", cwd=folder).returncode != 2:
        faults.append("a file that cannot be written is no fault")
    return faults


def _reported(folder: Path, form: str) -> str:
    """What a format says of files with odd names: an error with another place, a hint."""
    below = folder / "a b,c%"
    below.mkdir()
    second = WRONG[WRONG.index("class"):].replace("class Parent", "class Second")
    (below / "mödels.py").write_text(f"{WRONG}\n\n{second}", encoding="utf-8")
    (below / "again.py").write_text(CLEAN.replace("Parent", "Again") + "x = 1  # relmodel: ignore[no-tablename]\n")
    once, again = (relmodel("check", "--format", form, cwd=folder).stdout for _ in range(2))
    return once if once == again else "not the same twice"


def github(folder: Path) -> list[str]:
    """`--format github` prints workflow commands with what would end a value escaped."""
    lines = _reported(folder, "github").splitlines()
    shape = re.compile(r"::(error|warning|notice) title=relmodel \([a-z-]+\),file=([^,:]+),line=\d+(,col=\d+)?,endLine=\d+(,endColumn=\d+)?::.+")
    faults = [f"not a command: {line}" for line in lines if not shape.fullmatch(line)]
    files = {shape.fullmatch(line)[2] for line in lines if shape.fullmatch(line)}
    return faults + ([] if files == {"a b%2Cc%25/again.py", "a b%2Cc%25/mödels.py"} else [f"files {files}"])


def gitlab(folder: Path) -> list[str]:
    """`--format gitlab` prints a code quality report."""
    done = json.loads(_reported(folder, "gitlab"))
    faults = [] if len(done) >= 2 else [f"{len(done)} issues"]
    if len({each["fingerprint"] for each in done}) != len(done):
        faults.append("two issues have one fingerprint")
    for each in done:
        faults += _keys("issue", each, {"description", "check_name", "fingerprint", "severity", "location"})
        if each["severity"] not in ("info", "minor", "major", "critical", "blocker"):
            faults.append(f"severity {each['severity']}")
        if set(each["location"]) != {"path", "lines"} or each["location"]["lines"]["begin"] < 1:
            faults.append(f"location {each['location']}")
    return faults


def sarif(folder: Path) -> list[str]:
    """`--format sarif` prints what SARIF 2.1.0 requires."""
    log = json.loads(_reported(folder, "sarif"))
    faults = _keys("log", log, {"$schema", "version", "runs"}) + ([] if log["version"] == "2.1.0" else ["version"])
    [run] = log["runs"]
    driver = run["tool"]["driver"]
    rules = [each["id"] for each in driver["rules"]]
    if driver["name"] != "relmodel" or len(set(rules)) != len(rules) or run["columnKind"] != "unicodeCodePoints":
        faults.append(f"driver {driver['name']}, rules {rules}")
    for rule in driver["rules"]:
        if not rule["shortDescription"]["text"] or not rule["help"]["text"] or not rule["helpUri"].startswith("https://"):
            faults.append(f"rule {rule['id']}")
    for result in run["results"]:
        if not result["message"]["text"] or rules[result["ruleIndex"]] != result["ruleId"] or result["level"] not in ("error", "warning", "note"):
            faults.append(f"result {result}")
        for place in [*result["locations"], *result.get("relatedLocations", [])]:
            physical = place["physicalLocation"]
            if not re.fullmatch(r"[A-Za-z0-9._~!$&'()*+,;=:@/%-]+", physical["artifactLocation"]["uri"]):
                faults.append(f"uri {physical['artifactLocation']['uri']}")
            if set(physical["region"]) != {"startLine", "startColumn", "endLine", "endColumn"} or min(physical["region"].values()) < 1:
                faults.append(f"region {physical['region']}")
        for related in result.get("relatedLocations", []):
            if related["id"] < 0 or not related["message"]["text"]:
                faults.append(f"related {related}")
    if not run["results"] or not any("relatedLocations" in each for each in run["results"]):
        faults.append("no results, or none with related places")
    return faults


def junit(folder: Path) -> list[str]:
    """`--format junit` prints well-formed XML whose numbers are right; also where nothing is found."""
    faults = []
    for text in (_reported(folder, "junit"), relmodel("check", "--format", "junit", "--select", "invalid-ignore", cwd=folder).stdout):
        root = xml.fromstring(text.encode())
        cases = list(root.iter("testcase"))
        failed = [each for each in cases if each.find("failure") is not None]
        if root.tag != "testsuites" or not cases or (int(root.get("tests")), int(root.get("failures"))) != (len(cases), len(failed)):
            faults.append(f"{root.tag} {root.attrib}: {len(cases)} cases, {len(failed)} failed")
        if any(not each.find("failure").get("message") for each in failed):
            faults.append("a failure has no message")
    return faults


def watched(folder: Path) -> list[str]:
    """`--watch` reports again when a file changes."""
    (folder / "models.py").write_text(WRONG)
    command = [str(server.binary().resolve()), "check", "--watch", "--format", "concise"]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            first = [process.stdout.readline() for _ in range(2)]
            process.stderr.readline()
            (folder / "models.py").write_text(CLEAN)
            second = process.stdout.readline()
        finally:
            process.kill()
    good = "no-primary-key" in first[0] and first[1].startswith("1 error") and second.startswith("no findings")
    return [] if good else [f"{first}, then {second!r}"]


def broken_bytes(folder: Path) -> list[str]:
    """Any bytes as files: no crash, and the good file among them is still read."""
    dice = random.Random(20)
    source = WRONG.encode()
    for number in range(300):
        noise = bytearray(source)
        for _ in range(dice.randint(1, 40)):
            noise[dice.randrange(len(noise))] = dice.randrange(256)
        (folder / f"noise_{number}.py").write_bytes(bytes(noise) if number % 3 else dice.randbytes(2000))
    (folder / "deep.py").write_text("x = " + "(" * 100_000 + "\n")
    (folder / "wrong.py").write_text(WRONG)
    return _survives(folder, "wrong.py")


def every_prefix(folder: Path) -> list[str]:
    """Every prefix of a model file: no crash, and the whole file among them is still read."""
    source = (SAMPLE / "shop" / "products.py").read_text(encoding="utf-8")
    for end in range(0, len(source), 7):
        (folder / f"prefix_{end:04}.py").write_text(source[:end])
    (folder / "wrong.py").write_text(WRONG)
    return _survives(folder, "wrong.py")


def unreadable(folder: Path) -> list[str]:
    """A file that cannot be read is named, and the rest goes on."""
    (folder / "wrong.py").write_text(WRONG)
    # Root may read everything, so the file that nobody can read is a link to nowhere.
    os.symlink(folder / "nowhere", folder / "dangling.py")
    done = relmodel("check", "dangling.py", "wrong.py", "--format", "json", cwd=folder)
    faults = [] if "dangling.py" in done.stderr else [f"dangling.py is not named: {done.stderr.strip()[:300]!r}"]
    if "wrong.py" not in done.stdout:
        faults.append(f"wrong.py was not checked: status {done.returncode}, {done.stderr.strip()[:300]}")
    return faults


def quick(folder: Path) -> list[str]:
    """A whole check of the sample takes well under 100 ms."""
    taken = []
    for _ in range(5):
        started = time.perf_counter()
        relmodel("check", str(SAMPLE), "--format", "json")
        taken.append((time.perf_counter() - started) * 1000)
    print(f"check of the sample: {min(taken):.0f} ms, the process's start included (best of 5)")
    return [] if min(taken) < MILLISECONDS else [f"{min(taken):.0f} ms"]


def _survives(folder: Path, good: str) -> list[str]:
    faults = []
    for command in ("check", "inspect"):
        done = relmodel(command, str(folder), "--format", "json")
        if done.returncode not in (0, 1) or "panicked" in done.stderr:
            faults.append(f"{command}: status {done.returncode}: {done.stderr.strip()[-1000:]}")
        elif good not in done.stdout:
            faults.append(f"{command}: nothing of {good}")
    return faults


def _keys(where: str, found: dict, wanted: set) -> list[str]:
    return [] if set(found) == wanted else [f"{where}: keys {sorted(found)}, wanted {sorted(wanted)}"]


def _range_faults(where: str, found: dict) -> list[str]:
    ends = [found.get(end, {}) for end in ("start", "end")]
    good = set(found) == {"start", "end"} and all(set(end) == {"line", "column"} and min(end.values()) >= 1 for end in ends)
    return [] if good else [f"{where}: range {found}"]


if __name__ == "__main__":
    main()
