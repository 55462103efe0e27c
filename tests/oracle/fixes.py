"""Every fix that the server offers for wrong programs, applied and put to real SQLAlchemy.

The programs are the Wrong blocks of the rules' pages, the scenarios and the cases, each in the versions it speaks of. A fix has to
take this fault's exception away: a program with several faults may show the next one, which the server then has to report too. The
server no longer reports the finding, and no new one. Comments, line endings and all that has nothing to do with it stay. Then all
fixes of a program are made at once by `check --fix --unsafe-fixes`, which a second run has nothing to add to.

    python3 tests/oracle/fixes.py [PART-OF-A-NAME-OR-CODE…]    with `-v` each fix as a difference
"""

import difflib
import functools
import io
import json
import subprocess
import sys
import tokenize
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import oracle
import pages
import programs
import server
from programs import Judge, Program
from tally import Tally, attempt

COLUMNS = ["findings", "with a fix", "fixes", "accepted", "next fault"]


def main() -> None:
    tally = Tally()
    wanted = [argument for argument in sys.argv[1:] if not argument.startswith("-")]
    counts: dict[str, Counter] = {}
    every = programs.of_pages(tally, lambda it: it.wrong) + programs.of_scenarios() + programs.of_cases()
    chosen = [each for each in every if not wanted or any(part in each.name for part in wanted)]
    with oracle.judges() as judges, ThreadPoolExecutor() as pool:
        jobs = [pool.submit(run_version, chosen, version, Judge(judges[version]), tally, counts) for version in judges]
        for job in jobs:
            job.result()
    report(counts)
    tally.close()


def run_version(chosen: list[Program], version: str, judge: Judge, tally: Tally, counts: dict) -> None:
    """All programs that speak of a version."""
    for program in chosen:
        if version in program.versions:
            tally.check(f"{program.name}, SQLAlchemy {version}", attempt(run, program, version, judge, counts))


def run(program: Program, version: str, judge: Judge, counts: dict) -> list[str]:
    """All fixes of a program, one by one, then together."""
    before = check(program.files, version)
    if not before:
        return []
    verdict = judge.ask(program, program.files)
    faults = []
    for found in before:
        row = counts.setdefault(found["code"], Counter())
        row["findings"] += 1
        row["with a fix"] += bool(found["fixes"])
        for fix in found["fixes"]:
            row["fixes"] += 1
            after = applied(program.files, fix["edits"])
            outcome, wrong = judged(program, version, judge, (verdict, before, found, after))
            wrong += text_faults(program.files, after)
            row[outcome] += not wrong
            if wrong or "-v" in sys.argv:
                shown = [f"{found['code']}: {fix['title']}: {each}" for each in wrong or [outcome]]
                faults += [*shown, *difference(program.files, after)]
    if any(found["fixes"] for found in before):
        if version == program.versions[-1]:
            faults += carriage_faults(program, version, before)
        faults += together_faults(program, version, judge, verdict if is_gap(verdict, before) else None)
    if "-v" in sys.argv:
        print(program.name, version, *faults, sep="\n    ")
        faults = []
    return faults


def judged(program: Program, version: str, judge: Judge, case: tuple) -> tuple[str, list[str]]:
    """What became of the fault, and what is wrong with that."""
    verdict, before, found, after = case
    now = judge.ask(program, after)
    left = check(after, version)
    faults = []
    known = Counter((each["code"], each["message"]) for each in before)
    remaining = Counter((each["code"], each["message"]) for each in left)
    key = (found["code"], found["message"])
    if remaining[key] >= known[key]:
        faults.append("the server still reports it")
    errors = [each for each in left if each["severity"] == "error"]
    # Of several faults SQLAlchemy tells one, and that may be another one.
    if now["error"] and is_gap(verdict, before):
        faults += [] if now["error"] == verdict["error"] else [f"SQLAlchemy now says {now['error']['message']}"]
    elif now["error"] and now["error"] == verdict["error"] and not errors:
        faults.append(f"SQLAlchemy still says {now['error']['message']}")
    elif now["error"] and not errors:
        faults.append(f"SQLAlchemy now says {now['error']['class']}: {now['error']['message']}, and the server nothing")
    elif not now["error"]:
        heard = {each["message"] for each in verdict["warnings"]}
        said = [each["message"] for each in now["warnings"] if each["message"] not in heard]
        faults += [f"SQLAlchemy now warns: {message}" for message in said]
        new = [each for each in errors if (each["code"], each["message"]) not in known]
        faults += [f"the server now reports {each['code']}: {each['message']}" for each in new]
    return "next fault" if now["error"] else "accepted", faults


def is_gap(verdict: dict, findings: list[dict]) -> bool:
    """Whether SQLAlchemy raises for what the server does not foresee."""
    return bool(verdict["error"]) and not any(each["severity"] == "error" for each in findings)


def check(files: dict[str, str], version: str) -> list[dict]:
    """The server's findings, each with its fixes; paths are those of the files."""
    return _check(tuple(files.items()), version)


@functools.cache
def _check(files: tuple, version: str) -> list[dict]:
    with oracle.workspace(dict(files) | pages.settings(version)) as root:
        done = run_server("check", str(root), "--format", "json", "--show-fixes")
        found = json.loads(done.stdout)["findings"]
    places = found + [edit for each in found for fix in each["fixes"] for edit in fix["edits"]]
    for place in places:
        place["path"] = Path(place["path"]).relative_to(root).as_posix()
    return found


def run_server(*arguments: str) -> subprocess.CompletedProcess:
    """One run of the binary, which must not fail."""
    command = [str(server.binary()), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False)
    if done.returncode not in (0, 1):
        raise RuntimeError(f"{arguments[0]} ended with status {done.returncode}: {done.stderr.strip()[:1000]}")
    return done


def applied(files: dict[str, str], edits: list[dict]) -> dict[str, str]:
    """The files with edits made."""
    done = dict(files)
    for path in {edit["path"] for edit in edits}:
        text = files[path]
        lines = text.splitlines(keepends=True)
        starts = [sum(map(len, lines[:number])) for number in range(len(lines) + 1)]
        own = [edit for edit in edits if edit["path"] == path]
        for edit in reversed(sorted(own, key=lambda edit: place(edit["range"]["start"]))):
            start, end = (starts[at["line"] - 1] + at["column"] - 1 for at in (edit["range"]["start"], edit["range"]["end"]))
            text = text[:start] + edit["text"] + text[end:]
        done[path] = text
    return done


def place(at: dict) -> tuple[int, int]:
    return at["line"], at["column"]


def text_faults(before: dict[str, str], after: dict[str, str]) -> list[str]:
    """What a fix does to a text that it should not do."""
    faults = [] if before != after else ["it changes nothing"]
    for path, text in after.items():
        # A comment that speaks to the server is itself what is mended.
        lost = [each for each in comments(before[path]) - comments(text) if "relmodel: ignore" not in each]
        faults += [f"{path}: the comment {each!r} is lost" for each in lost]
        blanks = {line for line in text.splitlines() if line != line.rstrip()} - set(before[path].splitlines())
        faults += [f"{path}: blanks at the end of {line!r}" for line in blanks]
        faults += [f"{path}: a long line: {line.strip()}" for line in set(text.splitlines()) - set(before[path].splitlines()) if len(line) > 200]
        if before[path].endswith("\n") != text.endswith("\n"):
            faults.append(f"{path}: the end of the file changed")
    return faults


def comments(text: str) -> Counter:
    """The comments of a text, marks included."""
    try:
        return Counter(each.string for each in tokenize.generate_tokens(io.StringIO(text).readline) if each.type == tokenize.COMMENT)
    except (tokenize.TokenError, SyntaxError):
        return Counter()


def carriage_faults(program: Program, version: str, before: list[dict]) -> list[str]:
    """How the fixes differ where lines end with a carriage return too."""
    files = {path: text.replace("\n", "\r\n") for path, text in program.files.items()}
    wanted = [results(program.files, each) for each in before]
    wanted = [[{path: text.replace("\n", "\r\n") for path, text in one.items()} for one in each] for each in wanted]
    found = [results(files, each) for each in check(files, version)]
    return [] if wanted == found else ["with CRLF the fixes are others"]


def results(files: dict[str, str], found: dict) -> list[dict[str, str]]:
    return [applied(files, fix["edits"]) for fix in found["fixes"]]


def together_faults(program: Program, version: str, judge: Judge, gap: dict | None) -> list[str]:
    """All at once, and once more. SQLAlchemy then raises only where the server still finds an error, or as it did in a gap."""
    with oracle.workspace(program.files | pages.settings(version)) as root:
        run_server("check", str(root), "--fix", "--unsafe-fixes")
        once = {path: (root / path).read_text(encoding="utf-8") for path in program.files}
        run_server("check", str(root), "--fix", "--unsafe-fixes")
        twice = {path: (root / path).read_text(encoding="utf-8") for path in program.files}
    left = check(once, version)
    faults = [f"all together: {each['code']} is left: {each['message']}" for each in left if each["fixes"]]
    said = judge.ask(program, once)["error"]
    if said and not (gap and said == gap["error"]) and not any(each["severity"] == "error" for each in left):
        faults.append(f"all together: SQLAlchemy says {said['class']}: {said['message']}")
        faults += difference(program.files, once)
    return faults + ([] if once == twice else ["all together: a second run changes more"])


def difference(before: dict[str, str], after: dict[str, str]) -> list[str]:
    """What a fix changes, for people."""
    lines = []
    for path, text in after.items():
        own = difflib.unified_diff(before[path].splitlines(), text.splitlines(), path, path, lineterm="", n=1)
        lines += [f"    {line}" for line in list(own)[2:]]
    return lines


def report(counts: dict[str, Counter]) -> None:
    """The table by rule."""
    width = max(map(len, [*counts, "rule"]))
    print(f"{'rule':{width}}", *(f"{name:>10}" for name in COLUMNS))
    for code in sorted(counts):
        print(f"{code:{width}}", *(f"{counts[code][name]:>10}" for name in COLUMNS))
    total = sum(counts.values(), Counter())
    print(f"{'all':{width}}", *(f"{total[name]:>10}" for name in COLUMNS))


if __name__ == "__main__":
    main()
