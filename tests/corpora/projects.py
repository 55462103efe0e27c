"""The projects of the corpora: their recipes, and the environments that they are read and run in.

`projects.toml` holds a recipe for each project, `pins/NAME.txt` everything that is installed for it. Owns how both are read
and how environments are made; knows nothing of what is compared.

    python3 tests/corpora/projects.py NAME SPEC…     resolves a new project's pins and writes them
"""

import os
import shutil
import subprocess
import sys
import time
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "oracle"))

import venvs  # noqa: E402  (the oracle's folder is on the path only now)

# The projects are pinned for this Python; others would need other pins.
PYTHON = "3.11"

# Makes the environments many times faster than pip.
UV = "uv==0.13.9"

ATTEMPTS = 4


@dataclass(frozen=True)
class Project:
    """A package, the modules that hold its models, and what importing them needs."""

    name: str
    # What is compared: the classes of these packages. relmodel is pointed to their folders.
    packages: tuple[str, ...]
    # What is imported, in this order; `package.*` means all its modules, those that fail passed over.
    modules: tuple[str, ...]
    # Installed for a run that only reads: the project itself, and the packages whose classes its models build on.
    sources: tuple[str, ...]
    env: dict = field(default_factory=dict, hash=False)
    # Python code to run before the imports.
    prelude: str = ""
    # Last parts of modules that `package.*` leaves out.
    skip: tuple[str, ...] = ()
    # Not looked at while relmodel was written: says how it fares with strangers.
    held_back: bool = False

    @property
    def pins(self) -> list[str]:
        """Everything that is installed for it, one requirement each."""
        return (HERE / "pins" / f"{self.name}.txt").read_text(encoding="utf-8").split()

    @property
    def recorded(self) -> Path:
        """The file that holds what its mappers said last."""
        return HERE / "truth" / f"{self.name}.json.gz"

    def full(self) -> Path:
        """The site-packages of an environment that can run the project."""
        return site_packages(environment(f"project-{self.name}", self.pins))

    def read_only(self) -> Path:
        """The site-packages of an environment that holds the sources to read and nothing else."""
        wanted = {normalized(each) for each in (*self.sources, "sqlalchemy")}
        pins = [each for each in self.pins if normalized(each.split("==")[0]) in wanted]
        missing = wanted - {normalized(each.split("==")[0]) for each in pins}
        if missing:
            raise SystemExit(f"{self.name}: not among the pins: {', '.join(sorted(missing))}")
        return site_packages(environment(f"sources-{self.name}", pins))

    def folders(self, site: Path) -> list[Path]:
        """The folders of its packages."""
        return [site.joinpath(*each.split(".")) for each in self.packages]


def projects() -> list[Project]:
    """All projects, in the order of the file."""
    recipes = tomllib.loads((HERE / "projects.toml").read_text(encoding="utf-8"))
    return [_project(name, recipe) for name, recipe in recipes.items()]


def _project(name: str, recipe: dict) -> Project:
    lists = {key: tuple(value) if isinstance(value, list) else value for key, value in recipe.items()}
    return Project(name, **lists)


def normalized(name: str) -> str:
    """A distribution's name as the index compares it."""
    return name.lower().replace("_", "-").replace(".", "-")


def site_packages(interpreter: Path) -> Path:
    """The folder of an environment's packages."""
    return next((interpreter.parents[1] / "lib").glob("python*/site-packages"))


def environment(name: str, pins: list[str]) -> Path:
    """The interpreter of an environment with exactly these pins."""
    return venvs.made(name, PYTHON, pins, lambda folder: _install(folder, ["--no-deps", *pins]))


def _install(folder: Path, arguments: list[str]) -> None:
    _uv("venv", "--quiet", "--no-project", "--python", _python(), str(folder))
    _uv("pip", "install", "--quiet", "--python", str(folder / "bin" / "python"), *arguments)


def _python() -> str:
    running = ".".join(map(str, sys.version_info[:2]))
    return sys.executable if running == PYTHON else PYTHON


def _uv(*arguments: str) -> None:
    """Runs uv, again where the index did not answer."""
    uv = venvs.environment("tools", [UV]).with_name("uv")
    env = os.environ | {"UV_CACHE_DIR": str(venvs.cache() / "uv"), "UV_PYTHON_DOWNLOADS": "never", "UV_HTTP_TIMEOUT": "120"}
    env.pop("VIRTUAL_ENV", None)
    for attempt in range(1, ATTEMPTS + 1):
        done = subprocess.run([str(uv), *arguments], check=False, capture_output=True, text=True, env=env, stdin=subprocess.DEVNULL)
        if done.returncode == 0:
            return
        print(f"uv failed (attempt {attempt} of {ATTEMPTS}):\n{done.stderr[-1500:]}", file=sys.stderr, flush=True)
        time.sleep(2**attempt)
    raise SystemExit(f"uv {' '.join(arguments[:2])} failed")


def resolve(name: str, specs: list[str]) -> None:
    """Writes the pins that the index gives for these requirements today."""
    folder = venvs.cache() / "resolve" / name
    shutil.rmtree(folder, ignore_errors=True)
    _install(folder, specs)
    python = folder / "bin" / "python"
    code = "import importlib.metadata as m; print('\\n'.join(sorted({f'{d.name}=={d.version}' for d in m.distributions()})))"
    listed = subprocess.run([str(python), "-c", code], check=True, capture_output=True, text=True).stdout
    (HERE / "pins" / f"{name}.txt").write_text(listed, encoding="utf-8")
    print(f"{name}: {len(listed.split())} pins")


if __name__ == "__main__":
    resolve(sys.argv[1], sys.argv[2:])
