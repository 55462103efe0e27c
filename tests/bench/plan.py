"""What a generated workspace holds, before any of it is written: which models there are, in which files, and who refers
to whom.

Owns the shape and the chance behind it. Knows nothing of Python text. The same shape and seed give the same plan.
"""

import random
from dataclasses import dataclass, field

PER_PACKAGE = 25
"""Files with models in one package."""

FIRST = ("Customer Order Invoice Payment Product Stock Supplier Parcel Ticket Project Team Member Account Ledger Budget "
         "Course Lesson Exam Patient Visit Sensor Reading Device Vehicle Route Station Channel Message Topic Report").split()
SECOND = ("Entry Item Line Detail Record Group Link Status Event Note Rule Policy Version Draft Batch Window Quota Label "
          "Grant Token Session Profile Setting Address Contact Document Page Block Cell Marker").split()
COLUMNS = ("name title code status amount quantity priority notes reference comment weight height colour language "
           "started_on finished_on is_active is_public position score rating email phone city country").split()


@dataclass(frozen=True)
class Shape:
    """How large a workspace is."""

    models: int
    files: int
    noise: int
    seed: int = 1

    @property
    def name(self) -> str:
        """What its folder is called."""
        return f"models-{self.models}-files-{self.files}-noise-{self.noise}-seed-{self.seed}"


@dataclass
class Link:
    """A foreign key with the two relationships that go by it."""

    child: "Model"
    parent: "Model"
    to_parent: str
    to_children: str
    is_backref: bool = False
    """Whether only the child's side is written, with a `backref`."""


@dataclass
class Model:
    """A mapped class."""

    name: str
    table: str
    file: "ModelFile"
    columns: list[str]
    mixins: list[str]
    parents: list[Link] = field(default_factory=list)
    children: list[Link] = field(default_factory=list)
    many: list["Pair"] = field(default_factory=list)


@dataclass
class Pair:
    """An association table between two models of one file."""

    left: Model
    right: Model
    table: str


@dataclass
class ModelFile:
    """A file of models."""

    package: str
    module: str
    is_modern: bool
    """Whether it is written in the style of SQLAlchemy 2.0."""
    models: list[Model] = field(default_factory=list)
    pairs: list[Pair] = field(default_factory=list)

    @property
    def path(self) -> str:
        """Its path in the workspace."""
        return f"app/models/{self.package}/{self.module}.py"

    @property
    def dotted(self) -> str:
        """Its module."""
        return f"app.models.{self.package}.{self.module}"


def plan(shape: Shape) -> list[ModelFile]:
    """The files of a workspace with the models in them."""
    chance = random.Random(shape.seed)
    files = [ModelFile(f"part_{n // PER_PACKAGE:02}", f"group_{n:04}", n % 2 == 0) for n in range(shape.files)]
    models = []
    for number in range(shape.models):
        file = files[number * shape.files // shape.models]
        models.append(_model(chance, number, file))
        _link(chance, models)
    for file in files:
        _pair(chance, file)
    return files


def _model(chance: random.Random, number: int, file: ModelFile) -> Model:
    name = f"{chance.choice(FIRST)}{chance.choice(SECOND)}{number}"
    table = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name).lstrip("_")
    columns = sorted(chance.sample(COLUMNS, chance.randint(2, 5)))
    mixins = [mixin for mixin, part in (("Timestamps", 0.3), ("Owned", 0.1)) if chance.random() < part]
    res = Model(name, table, file, columns, mixins)
    file.models.append(res)
    return res


def _link(chance: random.Random, models: list[Model]) -> None:
    """Gives the newest model up to two parents among the older ones: mostly neighbours, some from anywhere."""
    child = models[-1]
    for nth in range(min(chance.choice((0, 1, 1, 1, 2)), len(models) - 1)):
        is_near = chance.random() < 0.6
        first = max(0, len(models) - 1 - 12) if is_near else 0
        parent = models[chance.randrange(first, len(models) - 1)]
        if any(link.parent is parent for link in child.parents):
            continue
        is_backref = not child.file.is_modern and chance.random() < 0.2
        link = Link(child, parent, f"parent_{nth}", f"{child.table}_list", is_backref)
        child.parents.append(link)
        parent.children.append(link)


def _pair(chance: random.Random, file: ModelFile) -> None:
    for number in range(len(file.models) // 10):
        left, right = chance.sample(file.models, 2)
        if any({pair.left.name, pair.right.name} == {left.name, right.name} for pair in file.pairs):
            continue
        pair = Pair(left, right, f"{file.module}_pair_{number}")
        file.pairs.append(pair)
        left.many.append(pair)
        right.many.append(pair)
