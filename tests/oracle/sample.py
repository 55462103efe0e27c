"""The sample project `tests/samples/cheatsheet`: one mistake of each everyday kind, each standing alone.

For each mistake all others are mended. SQLAlchemy must then raise what the rule's page says it raises, and the server must
report this one finding and nothing else. With all mended both must have no objection, and the server must agree with
the mappers. The sample as it lies there must give one finding of each.

    python3 tests/oracle/sample.py
"""

import re
import sys
from collections import Counter

import facts
import oracle
import pages
import quotes
import server
from tally import Tally, attempt

SAMPLE = server.REPOSITORY / "tests" / "samples" / "cheatsheet"

# Code, file, what is planted there, and what would be right.
MENDS = [
    ("unresolved-name", "customers", '"Ordr"', '"Order"'),
    ("back-populates-missing", "customers", '"custommer"', '"customer"'),
    ("back-populates-not-relationship", "customers", '"customer_id")\n    wishes', '"customer")\n    wishes'),
    ("back-populates-wrong-mapper", "customers", 'relationship("Wish", back_populates="product")', 'relationship("Wish")'),
    ("invalid-cascade", "customers", "delete_orphan", "delete-orphan"),
    ("ambiguous-foreign-keys", "orders", '"Address")', '"Address", foreign_keys=[shipping_address_id])'),
    ("relationship-unknown-kwarg", "orders", 'back_populate="order"', 'back_populates="order"'),
    ("backref-name-exists", "orders", '"Invoice", backref=', '"Invoice", back_populates='),
    ("backref-and-back-populates", "orders", 'backref="order", back_populates="order"', 'backref="order"'),
    ("no-foreign-keys", "orders", "order_id = Column(Integer)", 'order_id = Column(Integer, ForeignKey("order.id"))'),
    ("no-foreign-keys-secondary", "products", '"tag_id", Integer', '"tag_id", Integer, ForeignKey("tag.id")'),
    ("fk-unknown-table", "products", '"categories.id"', '"category.id"'),
    ("same-direction", "products", '="children")', '="children", remote_side=[id])'),
    ("fk-unknown-column", "products", '"product.product_id"', '"product.id"'),
    ("table-already-defined", "products", 'Discount(Base):\n    __tablename__ = "price"', 'Discount(Base):\n    __tablename__ = "discount"'),
    ("no-primary-key", "products", '("product.id"))\n    amount', '("product.id"), primary_key=True)\n    amount'),
    ("no-tablename", "products", "Shelf(Base):\n", 'Shelf(Base):\n    __tablename__ = "shelf"\n'),
]


def main() -> None:
    tally = Tally()
    with_server = "--sqlalchemy-only" not in sys.argv
    quoted = {page.code: page.quoted for page in pages.all_pages(tally)}
    codes = [code for code, *_ in MENDS]
    tally.check("each mistake is one of a rule", [f"no rule: {code}" for code in codes if code not in quoted])
    with oracle.judges() as judges:
        for planted in [*codes, None]:
            files = mended(but=planted)
            name = planted or "all mended"
            for version, judge in judges.items():
                with oracle.workspace(files) as root:
                    verdict = judge.judge(root, oracle.module_names(files))
                wanted = quotes.for_version(quoted[planted], version) if planted else ""
                tally.check(f"{name}, SQLAlchemy {version}", _voice(wanted, oracle.spoken(verdict)))
                if with_server and not planted:
                    tally.check(f"{name}, facts of SQLAlchemy {version}", attempt(fact_faults, files, verdict["facts"]))
            if with_server:
                tally.check(f"{name}, relmodel", attempt(finding_faults, files, [planted] if planted else []))
    if with_server:
        tally.check("the sample itself, relmodel", attempt(finding_faults, mended(but="*"), codes))
    tally.close()


def mended(but: str | None) -> dict[str, str]:
    """The sample's files with all mistakes mended except one; `*` leaves all."""
    files = {f"shop/{path.name}": path.read_text(encoding="utf-8") for path in sorted((SAMPLE / "shop").glob("*.py"))}
    for code, name, wrong, right in MENDS:
        path = f"shop/{name}.py"
        if files[path].count(wrong) != 1:
            raise SystemExit(f"{path} holds {wrong!r} {files[path].count(wrong)} times")
        if but not in (code, "*"):
            files[path] = files[path].replace(wrong, right)
    return files


def finding_faults(files: dict[str, str], wanted: list[str]) -> list[str]:
    """How the codes that the server reports differ from those wanted."""
    with oracle.workspace(files) as root:
        return _difference(wanted, [each.code for each in server.findings(root)])


def fact_faults(files: dict[str, str], true: dict) -> list[str]:
    """How `inspect` differs from the mappers."""
    with oracle.workspace(files) as root:
        return facts.compare(true, server.run("inspect", root)).faults


def _voice(wanted: str, said: str) -> list[str]:
    """Whether the same exception was raised, apart from the names in it."""
    kinds = [re.match(r"\w*", text.splitlines()[-1] if text else "")[0] for text in (wanted, said)]
    return [] if kinds[0] == kinds[1] else [f"wanted {kinds[0] or 'no objection'}, SQLAlchemy says: {said or 'nothing'}"]


def _difference(wanted, found) -> list[str]:
    wanted, found = Counter(wanted), Counter(found)
    return [f"missing: {code}" for code in (wanted - found).elements()] + [f"extra: {code}" for code in (found - wanted).elements()]


if __name__ == "__main__":
    main()
