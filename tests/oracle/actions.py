"""Every action that the server offers on programs that are right, applied and put to real SQLAlchemy.

The programs are the Right blocks of the rules' pages and the scenarios that SQLAlchemy accepts. After an action SQLAlchemy must
accept the program still, warn of nothing new, and have every relationship that it had, between the same classes, by the same
columns and in the same direction. An action on a program that SQLAlchemy refuses must take that refusal away.

    python3 tests/oracle/actions.py [PART-OF-A-NAME…]    with `-v` each action as a difference
"""

import re
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "protocol"))

import fixes
import oracle
import pages
import programs
from client import Client
from programs import Judge, Program
from tally import Tally, attempt

CLIENT = {
    "general": {"positionEncodings": ["utf-32"]},
    "textDocument": {"codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["refactor.rewrite"]}}}},
}

SAME = ("target", "direction", "secondary", "local_remote_pairs", "uselist", "viewonly")


def main() -> None:
    tally = Tally()
    wanted = [argument for argument in sys.argv[1:] if not argument.startswith("-")]
    counts: Counter = Counter()
    every = programs.of_pages(tally, lambda it: it.right) + programs.of_scenarios()
    chosen = [each for each in every if not wanted or any(part in each.name for part in wanted)]
    with oracle.judges() as judges, ThreadPoolExecutor(len(judges)) as pool:
        for job in [pool.submit(run_version, chosen, version, Judge(judges[version]), tally, counts) for version in judges]:
            job.result()
    for title, count in sorted(counts.items()):
        print(f"{count:6} {title}")
    tally.close()


def run_version(chosen: list, version: str, judge: Judge, tally: Tally, counts: Counter) -> None:
    """All programs that speak of a version."""
    for program in chosen:
        if version in program.versions:
            tally.check(f"{program.name}, SQLAlchemy {version}", attempt(run, program, version, judge, counts))


def run(program: Program, version: str, judge: Judge, counts: Counter) -> list[str]:
    """All actions of a program."""
    found = actions(program.files, version)
    if not found:
        return []
    before = judge.ask(program, program.files)
    # What is refused for another reason, or at another relationship, is no case for an action.
    if before["error"]:
        found = [each for each in found if each[0].startswith("Create the association table") and re.search(rf"\.{each[2]}\b", before["error"]["message"])]
    counts.update(title.split("`")[0].strip() for title, _, _ in found)
    faults = []
    for several in together(found):
        edits = [edit for each in several for edit in each[1]]
        # Only where something is wrong with all of them at once, each is tried alone.
        if len(several) == 1 or faults_of(program, before, judge, edits):
            for title, edits, _ in several:
                wrong = faults_of(program, before, judge, edits)
                if wrong or "-v" in sys.argv:
                    faults += [f"{title}: {each}" for each in wrong or ["as before"]] + fixes.difference(program.files, fixes.applied(program.files, edits))
    if "-v" in sys.argv:
        print(program.name, version, *faults, sep="\n    ")
        return []
    return faults


def together(found: list[tuple]) -> list[list[tuple]]:
    """The actions in groups of those that change places of their own, and are tried at once; with `-v` each alone."""
    groups: dict = {}
    for number, each in enumerate(found):
        is_small = each[0].startswith("Name the target") and "-v" not in sys.argv
        groups.setdefault(each[0] if is_small else number, []).append(each)
    return list(groups.values())


def faults_of(program: Program, before: dict, judge: Judge, edits: list[dict]) -> list[str]:
    """What is wrong with a program after these edits."""
    after = fixes.applied(program.files, edits)
    return judged(before, judge.ask(program, after)) + fixes.text_faults(program.files, after)


def judged(before: dict, after: dict) -> list[str]:
    """What an action has changed that it should not have."""
    if after["error"]:
        if before["error"] and after["error"] != before["error"]:
            return []
        return [f"SQLAlchemy says {after['error']['message']}"]
    heard = {each["message"] for each in before["warnings"]}
    faults = [f"SQLAlchemy warns: {each['message']}" for each in after["warnings"] if each["message"] not in heard]
    if before["facts"]:
        now = {(each["class"], each["key"]): each for each in after["facts"]["relationships"]}
        for each in before["facts"]["relationships"]:
            found = now.get((each["class"], each["key"]))
            if found is None:
                faults.append(f"{each['class']}.{each['key']} is gone")
                continue
            faults += [f"{each['class']}.{each['key']}: {name} was {each[name]}, is {found[name]}" for name in SAME if each[name] != found[name]]
            faults += [f"{each['class']}.{each['key']}: {other} is no reverse any more" for other in each["reverse"] if other not in found["reverse"]]
        columns = [{name: it["columns"] for name, it in _tables(facts).items()} for facts in (before["facts"], after["facts"])]
        faults += [f"the table {name} has changed" for name in columns[0] if columns[0][name] != columns[1].get(name)]
    return faults


def _tables(facts: dict) -> dict:
    return {each.get("key") or each.get("name"): each for each in facts["tables"]}


def actions(files: dict[str, str], version: str) -> list[tuple[str, list[dict], str]]:
    """The actions at every class and relationship, each with its edits in the form of `fixes` and the name that the line begins with."""
    with oracle.workspace(files | pages.settings(version)) as root:
        client = Client()
        try:
            client.request("initialize", {"processId": None, "rootUri": None, "capabilities": CLIENT, "workspaceFolders": [{"uri": root.as_uri(), "name": "root"}]})
            client.notify("initialized", {})
            found: dict = {}
            for path, text in files.items():
                for number, line in enumerate(text.splitlines()):
                    column = line.find("class ") + 7 if line.lstrip().startswith("class ") else line.lower().find("relationship(") + 1
                    if column > 0:
                        for title, edits in at(client, root, path, number, column):
                            found[title, str(edits)] = (title, edits, re.match(r"\w*", line.strip())[0])
            return list(found.values())
        finally:
            client.close()


def at(client: Client, root: Path, path: str, line: int, column: int) -> list[tuple[str, list[dict]]]:
    """The actions at a place."""
    place = {"line": line, "character": column}
    params = {"textDocument": {"uri": (root / path).as_uri()}, "range": {"start": place, "end": place}, "context": {"diagnostics": [], "only": ["refactor.rewrite"]}}
    res = []
    for action in client.request("textDocument/codeAction", params) or []:
        edits = []
        for uri, own in action["edit"]["changes"].items():
            relative = uri.removeprefix(root.as_uri()).lstrip("/")
            edits += [{"path": relative, "text": each["newText"], "range": {end: {"line": each["range"][end]["line"] + 1, "column": each["range"][end]["character"] + 1} for end in ("start", "end")}} for each in own]
        res.append((action["title"], edits))
    return res


if __name__ == "__main__":
    main()
