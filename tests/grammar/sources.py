"""Folders of real Python, kept outside the clone: pinned packages, CPython's library, CPython's own tests.

Owns where they come from and that they are whole. Nothing in them is run. What is asked of the files is for the callers.
"""

import concurrent.futures
import shutil
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "clients"))

from harness import cache, debian, neovim, node  # noqa: E402  (the harness is on the path only now)

AREA = "grammar"
ATTEMPTS = 4
# Wheels for any machine: the same files everywhere, whatever runs the tests. Some ask for a newer Python than is here.
WHEELS = ["--no-deps", "--only-binary=:all:", "--platform", "any", "--implementation", "py", "--python-version", "3.14"]
# Debian's suites that carry CPython 3.14, the longest-lived first.
SUITES = ("forky", "sid")
TESTS = "libpython3.14-testsuite"


@dataclass(frozen=True)
class Source:
    """A folder of Python files. The name tells its version."""

    name: str
    folder: Path

    def files(self) -> list[Path]:
        """Every `.py` file that holds something, in a fixed order."""
        return sorted(it for it in self.folder.rglob("*.py") if it.is_file() and it.stat().st_size)


def packages() -> list[Source]:
    """The packages of packages.txt, each unpacked into a folder of its own."""
    lines = (HERE / "packages.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        return list(pool.map(package, pins))


def package(pin: str) -> Source:
    """One package, downloaded by pip when it is not in the cache yet."""
    name = pin.replace("==", "-")
    return Source(name, cache.provide(name, lambda folder: download(pin, folder), AREA))


def download(pin: str, folder: Path) -> None:
    """Downloads a package's wheel and unpacks the Python files in it."""
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--retries", "5"]
    cache.run([*pip, *WHEELS, "--dest", folder / ".wheel", pin], attempts=ATTEMPTS)
    (wheel,) = (folder / ".wheel").glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder, [it for it in archive.namelist() if it.endswith(".py")])
    shutil.rmtree(folder / ".wheel")


def judge() -> tuple[Path, Path]:
    """The folder with Node.js, and the one with CPython as WebAssembly."""
    node_folder = node.provide()
    manifest = HERE / "judge"
    version = (manifest / "package.json").read_text(encoding="utf-8").split('"pyodide": "')[1].split('"')[0]
    return node_folder, node.locked_packages(node_folder, manifest, f"pyodide-{version}")


def library() -> Source:
    """CPython's standard library, as the judge carries it."""
    _, pyodide = judge()

    def unpack(folder: Path) -> None:
        with zipfile.ZipFile(pyodide / "node_modules" / "pyodide" / "python_stdlib.zip") as archive:
            archive.extractall(folder, [it for it in archive.namelist() if it.endswith(".py")])

    name = f"library-{pyodide.name}"
    return Source(name, cache.provide(name, unpack, AREA))


def cpython_tests() -> Source:
    """CPython's own tests, which Debian packs. Raises `Unavailable` where there is no Debian."""
    def unpack(folder: Path) -> None:
        reasons = []
        for suite in SUITES:
            try:
                debian.unpack_only(suite, [TESTS], folder)
                return
            except cache.Unavailable as reason:
                reasons.append(str(reason))
                shutil.rmtree(folder)
                folder.mkdir()
        raise cache.Unavailable("; ".join(reasons))

    return Source("cpython-tests-3.14", cache.provide("cpython-tests-3.14", unpack, AREA))
