"""Working projects with one fault put in: what SQLAlchemy says of each, and what relmodel says.

`mutations.py` makes the faults. SQLAlchemy's verdicts are recorded in `mutants.json.gz`; to make them, each project is imported
with the changed file and its mappers are configured. relmodel gets the changed file as an editor's document and is asked
for the findings of the whole workspace, so that what it says beyond the unchanged project's findings is due to the fault.

    python3 tests/corpora/mutants.py [PROJECT…]     against the recorded verdicts, the first mutant of each kind in each project
        --all           every mutant
        --record        asks SQLAlchemy anew, in the projects' whole environments
        --verbose       every mutant that is not as it should be

Owns the comparison and what must hold.
"""

import collections
import gzip
import json
import re
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "oracle"), str(HERE.parent / "protocol")]

import oracle  # noqa: E402  (the folders are on the path only now)
from client import Client  # noqa: E402
from mutations import Mutation, mutations  # noqa: E402
from projects import Project, projects  # noqa: E402
from real import recorded  # noqa: E402
from tally import Tally  # noqa: E402

RECORD = HERE / "mutants.json.gz"
PER_KIND = 3

# What must hold over all mutants: the share of those SQLAlchemy raises for that are told at the right place, in percent.
RECALL = 97.0

COLUMNS = ["mutants", "raised", "told", "elsewhere", "extra", "silent", "false"]


@dataclass
class Mutant:
    """A mutation and what SQLAlchemy says of it; `None` if it says no more than of the project as it is."""

    mutation: Mutation
    said: str | None


def main() -> None:
    wanted = [each for each in sys.argv[1:] if not each.startswith("-")]
    chosen = [each for each in projects() if not each.held_back and (not wanted or each.name in wanted)]
    if "--record" in sys.argv:
        record(chosen)
        return
    tally = Tally()
    counts = collections.defaultdict(collections.Counter)
    for project, mutants in stored().items():
        for each in chosen:
            if each.name == project:
                compare(each, mutants if "--all" in sys.argv else first_of_each(mutants), counts)
    print_table(counts)
    total = sum(counts.values(), collections.Counter())
    recall = 100 * total["told"] / max(total["raised"], 1)
    tally.check(f"{recall:.1f} % of the faults told at their place", [] if recall >= RECALL else [f"at least {RECALL} %"])
    tally.check(f"{total['false']} findings where SQLAlchemy says nothing", ["none"] if total["false"] else [])
    tally.close()


def stored() -> dict[str, list[Mutant]]:
    """The recorded verdicts of each project."""
    content = json.loads(gzip.decompress(RECORD.read_bytes())) if RECORD.exists() else {}
    return {name: [Mutant(Mutation(**each["mutation"]), each["said"]) for each in mutants] for name, mutants in content.items()}


def first_of_each(mutants: list[Mutant]) -> list[Mutant]:
    """The first mutant of each kind."""
    return list({each.mutation.kind: each for each in reversed(mutants)}.values())


def record(chosen: list[Project]) -> None:
    """Asks SQLAlchemy of each mutant of some projects, and keeps what it says."""
    every = stored()
    for project in chosen:
        every[project.name] = judged(project)
        content = {name: [asdict(each) for each in mutants] for name, mutants in sorted(every.items())}
        RECORD.write_bytes(gzip.compress(json.dumps(content, separators=(",", ":")).encode(), mtime=0))


def judged(project: Project) -> list[Mutant]:
    """The mutants of a project with SQLAlchemy's verdicts."""
    site = project.full()
    files = model_files(project, site)
    with tempfile.TemporaryDirectory(prefix="relmodel-") as home:
        env = {name: value.replace("{tmp}", home) for name, value in project.env.items()}
        judge = oracle.Oracle(site.parents[2] / "bin" / "python", env | {"HOME": home, "TMPDIR": home})
        job = {"below": list(project.packages), "skip": list(project.skip), "prelude": project.prelude}
        base = judge.judge(site, list(project.modules), **job)
        if not base["facts"]:
            raise SystemExit(f"{project.name} does not configure: {base['error']}")
        # A prelude imports the project itself, which each mutant has to do anew.
        if not project.prelude:
            judge.judge(site, [], preload=base["others"], **job)
        found = []
        for each in mutations(project.name, site, files, PER_KIND):
            text = each.applied((site / each.path).read_bytes()).decode()
            verdict = judge.judge(site, list(project.modules), overlay={str(site / each.path): text}, **job)
            found.append(Mutant(each, difference(base, verdict)))
            print(f"{project.name} {each.kind} {each.path}: {(found[-1].said or 'silent')[:120]}", flush=True)
        judge.close()
    return found


def model_files(project: Project, site: Path) -> list[Path]:
    """The files that hold the project's mapped classes."""
    modules = {each["class"].rsplit(".", 1)[0] for each in recorded(project)["classes"]}
    paths = [site.joinpath(*module.split(".")) for module in modules]
    return [path for stem in paths for path in (stem.with_suffix(".py"), stem / "__init__.py") if path.is_file()]


def difference(base: dict, verdict: dict) -> str | None:
    """What a verdict says that the project's own does not: an exception, a module that fails, a warning."""
    error = verdict["error"]
    if error and error != base["error"]:
        return f"{error['class']}: {error['message']}"
    for module, why in verdict["failed"].items():
        if base["failed"].get(module) != why:
            return why
    new = [each for each in verdict["warnings"] if each not in base["warnings"]]
    return f"{new[0]['class']}: {new[0]['message']}" if new else None


def compare(project: Project, mutants: list[Mutant], counts: dict) -> None:
    """Puts a project's mutants to relmodel and counts by kind."""
    site = project.read_only()
    with Server([site.joinpath(*each.split(".")) for each in project.packages]) as server:
        base = {key(each) for each in server.findings()}
        for mutant in mutants:
            path = site / mutant.mutation.path
            content = path.read_bytes()
            with server.opened(path, mutant.mutation.applied(content).decode()):
                new = [each for each in server.findings() if key(each) not in base]
            count(project, mutant, content, [each for each in new if each["severity"] < 3], counts[mutant.mutation.kind])


def key(finding: dict) -> tuple:
    """What makes a finding the same, wherever lines have moved to."""
    return finding["uri"], finding["code"], finding["message"]


def count(project: Project, mutant: Mutant, content: bytes, new: list[dict], row: collections.Counter) -> None:
    """Counts one mutant."""
    row["mutants"] += 1
    here = [each for each in new if is_about(mutant.mutation, content, each)]
    if mutant.said is None:
        row["silent"] += 1
        row["false"] += len(new)
        outcome = "false" if new else ""
    else:
        row["raised"] += 1
        row["told"] += bool(here)
        row["elsewhere"] += bool(new) and not here
        row["extra"] += max(len(new) - len(here), 0) if here else 0
        outcome = "" if here else "elsewhere" if new else "missed"
    if outcome and "--verbose" in sys.argv:
        line = content[: mutant.mutation.start].count(b"\n") + 1
        old = content[mutant.mutation.start : mutant.mutation.end].decode()[:60]
        print(f"{outcome}: {project.name} {mutant.mutation.kind} {mutant.mutation.path}:{line}: {old!r} → {mutant.mutation.new[:60]!r}")
        print(f"    SQLAlchemy: {(mutant.said or 'silent')[:200]}")
        for each in new:
            print(f"    relmodel: {each['uri'].rsplit('/', 1)[1]}:{each['range']['start']['line'] + 1}: {each['code']}: {each['message'][:200]}")


def is_about(mutation: Mutation, content: bytes, finding: dict) -> bool:
    """Whether a finding or a place related to it lies on the changed lines, or the finding names what was changed."""
    first = content.count(b"\n", 0, mutation.start)
    last = first + mutation.new.count("\n")
    places = [finding, *({"uri": it["location"]["uri"], "range": it["location"]["range"]} for it in finding.get("relatedInformation", []))]
    if any(it["uri"].endswith(mutation.path) and first <= it["range"]["start"]["line"] <= last for it in places):
        return True
    return any(f"`{word}" in finding["message"] or f".{word}`" in finding["message"] for word in words(mutation, content))


def words(mutation: Mutation, content: bytes) -> set[str]:
    """The names that a mutation concerns: the attribute or class that went, or was renamed, and the table of a foreign key that went."""
    old = content[mutation.start : mutation.end].decode()
    if mutation.kind == "renamed-class":
        return {old.split("(")[0].removeprefix("class ").strip()}
    if mutation.new != "pass":
        return set()
    # Where a foreign key went, the other end is the table that it led to.
    led_to = re.search(r"ForeignKey\(\s*['\"]([\w.]+)\.\w+['\"]", old)
    return {old.split("=")[0].split(":")[0].strip()} | ({led_to[1]} if led_to else set())


class Server:
    """A session of the language server over some folders."""

    def __init__(self, folders: list[Path], encoding: str = "utf-16"):
        self.client = Client()
        names = [{"uri": each.as_uri(), "name": each.name} for each in folders]
        abilities = {"textDocument": {"diagnostic": {}}, "workspace": {"diagnostics": {"refreshSupport": False}, "workspaceFolders": True}}
        abilities["general"] = {"positionEncodings": [encoding]}
        self.client.request("initialize", {"processId": None, "rootUri": None, "workspaceFolders": names, "capabilities": abilities})
        self.client.notify("initialized", {})

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.client.close()

    def opened(self, path: Path, text: str):
        """A document that is open with a text, for as long as the block runs."""
        return Opened(self.client, path.as_uri(), text)

    def findings(self) -> list[dict]:
        """The findings of the whole workspace, each with the file's `uri`."""
        reports = self.client.request("workspace/diagnostic", {"previousResultIds": []}, limit=120)["items"]
        return [each | {"uri": report["uri"]} for report in reports for each in report.get("items", [])]


class Opened:
    """An open document."""

    def __init__(self, client: Client, uri: str, text: str):
        self.client, self.uri, self.text = client, uri, text

    def __enter__(self):
        document = {"uri": self.uri, "languageId": "python", "version": 1, "text": self.text}
        self.client.notify("textDocument/didOpen", {"textDocument": document})

    def __exit__(self, *_):
        self.client.notify("textDocument/didClose", {"textDocument": {"uri": self.uri}})


def print_table(counts: dict) -> None:
    """One line for each kind."""
    print(f"\n{'':26}" + "".join(f"{name:>11}" for name in COLUMNS))
    total = sum(counts.values(), collections.Counter())
    for kind, row in [*sorted(counts.items()), ("all", total)]:
        print(f"{kind:26}" + "".join(f"{row[name]:>11}" for name in COLUMNS))


if __name__ == "__main__":
    main()
