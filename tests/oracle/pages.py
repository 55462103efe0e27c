"""Every rule's page, put to real SQLAlchemy and to the server.

A page is the `//!` header of a file in `server/rules/src/rules`. Its Wrong block must make each version of SQLAlchemy that the
page quotes say exactly that (an empty quotation: nothing), and make the server report exactly what the page draws. Its Right
block must pass all stages without exception or warning, and the server must be silent on it and resolve it as the mappers do.
Of a version that the page does not quote it says nothing: there the server must not report the rule. Where a version only warns
of what another raises for, the server warns too.

    python3 tests/oracle/pages.py [CODE…]        UPDATE_PAGES=1 writes what SQLAlchemy says into the pages,
                                                 and the server's wording where code and range agree
"""

import dataclasses
import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path

import facts
import oracle
import quotes
import server
from fixture import differences, drawn, redraw, split
from tally import Tally, attempt

RULES = server.REPOSITORY / "server" / "rules" / "src" / "rules"
BLOCK = re.compile(r"^```(?P<label>[^\n]*)\n(?P<text>.*?)^```$", re.M | re.S)


@dataclass
class Page:
    """A rule's page, taken apart."""

    path: Path
    code: str
    wrong: str
    quoted: list
    right: str

    def versions(self) -> list[str]:
        """The versions of SQLAlchemy that it speaks of."""
        return quotes.versions(self.quoted, oracle.VERSIONS)


def main() -> None:
    tally = Tally()
    update = bool(os.environ.get("UPDATE_PAGES"))
    wanted = [argument for argument in sys.argv[1:] if not argument.startswith("-")]
    pages = [page for page in all_pages(tally) if not wanted or page.code in wanted]
    with_server = "--sqlalchemy-only" not in sys.argv
    with oracle.judges() as judges:
        for page in pages:
            if update:
                write_quotes(page, judges)
                if with_server:
                    write_wording(page)
            with_sqlalchemy(page, judges, tally)
            if with_server:
                with_relmodel(page, judges, tally)
    print(f"{len(pages)} rule pages, SQLAlchemy {', '.join(oracle.VERSIONS)}")
    tally.close()


def all_pages(tally: Tally) -> list[Page]:
    """The pages of all rules, in the order of their paths. A file without a whole page is a failure."""
    pages = []
    for path in sorted(RULES.rglob("*.rs")):
        page = read_page(path)
        if isinstance(page, str):
            tally.check(f"page {path.stem}", [page])
        elif page:
            pages.append(page)
    return pages


def read_page(path: Path) -> Page | str | None:
    """The page in a rule's header; a fault in words; or nothing for a file that only holds modules."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("//!")]
    text = "\n".join(line[3:].removeprefix(" ") for line in lines)
    sections = re.split(r"^## (.+)$", text, flags=re.M)
    named = dict(zip(sections[1::2], sections[2::2]))
    if path.with_suffix("").is_dir():
        return None
    if list(named)[:3] != ["Wrong", "SQLAlchemy says", "Right"]:
        return f"sections are {list(named)}, wanted Wrong, SQLAlchemy says, Right"
    blocks = {name: [(each["label"], each["text"]) for each in BLOCK.finditer(part)] for name, part in named.items()}
    if len(blocks["Wrong"]) != 1 or len(blocks["Right"]) != 1 or not blocks["SQLAlchemy says"]:
        return "wanted one block in Wrong and in Right, and at least one in SQLAlchemy says"
    code = path.stem.replace("_", "-")
    return Page(path, code, blocks["Wrong"][0][1], blocks["SQLAlchemy says"], blocks["Right"][0][1])


def with_sqlalchemy(page: Page, judges: dict, tally: Tally) -> None:
    """Both blocks, put to each version of SQLAlchemy."""
    for version in page.versions():
        judge = judges[version]
        wanted = quotes.for_version(page.quoted, version)
        faults = quotes.differences(wanted, oracle.spoken(ask(judge, page.wrong)))
        tally.check(f"{page.code}: Wrong under SQLAlchemy {version}", faults)
        said = oracle.spoken(ask(judge, page.right))
        tally.check(f"{page.code}: Right under SQLAlchemy {version}", [said] if said else [])


def with_relmodel(page: Page, judges: dict, tally: Tally) -> None:
    """Both blocks, put to the server, which is told the version."""
    marks = drawn(split(page.wrong), page.code)
    unspoken = [] if any(each.code == page.code for each in marks) else ["Wrong draws no finding of this rule"]
    for version in page.versions():
        wanted = as_severe(marks, quotes.for_version(page.quoted, version))
        named = f"SQLAlchemy {version} under relmodel"
        tally.check(f"{page.code}: Wrong, {named}", unspoken + attempt(finding_faults, page.wrong, wanted, version))
        tally.check(f"{page.code}: Right, {named}", attempt(finding_faults, page.right, [], version))
        tally.check(f"{page.code}: Right's facts, {named}", attempt(fact_faults, page.right, judges[version], version))
    for version in set(oracle.VERSIONS) - set(page.versions()):
        found = attempt(early_faults, page, version)
        tally.check(f"{page.code}: not in SQLAlchemy {version}", found)


def as_severe(marks: list, said: str) -> list:
    """The marks as findings of a version: warnings where it only warns of what others raise for."""
    if not said or re.search(r"^\w+(Error|Exception): ", said, re.MULTILINE):
        return marks
    return [dataclasses.replace(each, severity="warning") if each.severity == "error" else each for each in marks]


def finding_faults(text: str, wanted: list, version: str) -> list[str]:
    """How the findings of a block differ from the drawn ones."""
    return differences(wanted, findings(text, version))


def early_faults(page: Page, version: str) -> list[str]:
    """The rule's findings for a version that it does not hold in."""
    return [f"not expected: {one}" for one in findings(page.wrong, version) if one.code == page.code]


def findings(text: str, version: str) -> list:
    """What the server says of a block."""
    with oracle.workspace(split(text) | settings(version)) as root:
        return server.findings(root)


def settings(version: str) -> dict[str, str]:
    """The file that tells the server which SQLAlchemy a workspace has."""
    return {"relmodel.toml": f'sqlalchemy = "{version}"\n'}


def fact_faults(text: str, judge: oracle.Oracle, version: str) -> list[str]:
    """How `inspect` differs from the mappers."""
    with oracle.workspace(split(text) | settings(version)) as root:
        ours = server.run("inspect", root)
    true = ask(judge, text)["facts"]
    return facts.compare(true, ours).faults if true else ["SQLAlchemy made no mappers"]


def ask(judge: oracle.Oracle, text: str) -> dict:
    """The verdict of one version on a block."""
    files = split(text)
    with oracle.workspace(files) as root:
        return judge.judge(root, oracle.module_names(files))


def write_quotes(page: Page, judges: dict) -> None:
    """Puts what SQLAlchemy says of Wrong into the page's file."""
    said = {version: oracle.spoken(ask(judges[version], page.wrong)) for version in page.versions()}
    page.quoted = quotes.grouped(said, oracle.VERSIONS)
    commented = _commented("\n".join(f"```{label}\n{text}```" for label, text in page.quoted))
    old = page.path.read_text(encoding="utf-8")
    start = old.index("//! ## SQLAlchemy says\n") + len("//! ## SQLAlchemy says\n")
    end = old.index("//!\n//! ## Right", start)
    page.path.write_text(old[:start] + commented + "\n" + old[end:], encoding="utf-8")


def write_wording(page: Page) -> None:
    """Words the marks of Wrong as the server does."""
    files = split(page.wrong)
    new = redraw(page.wrong, files, findings(page.wrong, page.versions()[-1]))
    text = page.path.read_text(encoding="utf-8")
    page.path.write_text(text.replace(_commented(page.wrong), _commented(new)), encoding="utf-8")
    page.wrong = new


def _commented(text: str) -> str:
    return "\n".join(f"//! {line}".rstrip() for line in text.splitlines())


if __name__ == "__main__":
    main()
