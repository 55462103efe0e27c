"""The grammar as a package: what the crate and the npm package hold, and the Node binding, built and loaded.

Owns the lists of what must be in the packages. What a tree looks like from Node is `node/check.mjs`.
"""

import json
import shutil
import sys
import tempfile
from pathlib import Path

import tools
from sources import AREA, HERE, cache, node

GRAMMAR = HERE.parent.parent / "tree-sitter-relmodel"
# What both packages carry: the licences, the grammar, and every file of these folders.
FOLDERS = ["grammar", "queries", "src"]
BOTH = {"LICENSE-APACHE", "LICENSE-MIT", "README.md", "grammar.js", "tree-sitter.json"}
NPM = {"binding.gyp", "bindings/node/binding.cc", "bindings/node/index.d.ts", "bindings/node/index.js", "package.json"}
CRATE = {"Cargo.toml", "Cargo.toml.orig", "Cargo.lock", "bindings/rust/build.rs", "bindings/rust/lib.rs"}
# cargo adds this one only where the clone is clean.
VERSION_CONTROL = ".cargo_vcs_info.json"

# Where the packages for the Node test are, once `prepare` has run.
installed = None


def prepare() -> None:
    """Makes the packages that the Node test needs. The builds that `tree-sitter` ships want a newer C++ library than
    many machines have, so it is compiled."""
    node_folder = node.provide()
    manifest = json.loads((HERE / "node" / "package.json").read_text(encoding="utf-8"))
    name = f"node-packages-{'-'.join(manifest['dependencies'].values())}"

    def build(folder: Path) -> None:
        for file in ("package.json", "package-lock.json"):
            shutil.copy(HERE / "node" / file, folder)
        node.npm(node_folder, ["ci", "--ignore-scripts"], folder)
        wrong = compiled(folder / "node_modules" / "tree-sitter")
        if wrong:
            raise cache.Unavailable("\n".join(wrong))

    global installed
    installed = cache.provide(name, build, AREA)


def compiled(package: Path) -> list[str]:
    """Compiles a package's addon, as npm does. The headers come with Node.js itself; node-gyp would fetch them."""
    node_folder = node.provide()
    home = (node_folder / "bin" / "node").resolve().parent.parent
    gyp = home / "lib" / "node_modules" / "npm" / "node_modules" / "node-gyp" / "bin" / "node-gyp.js"
    build = [node_folder / "bin" / "node", gyp, "rebuild", "--nodedir", home, "--python", sys.executable, "-j", "max"]
    return tools.faults(build, cwd=package, env=node.environment(node_folder))


def check(tally) -> None:
    tally.check("the files of the crate", crate())
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        tally.check("the files of the npm package", npm(place))
        tally.check("the Node binding, built and loaded", binding(place))


def common() -> set[str]:
    below = [path for folder in FOLDERS for path in (GRAMMAR / folder).rglob("*") if path.is_file()]
    return BOTH | {str(path.relative_to(GRAMMAR)) for path in below}


def crate() -> list[str]:
    cargo = ["cargo", "package", "--package", "tree-sitter-relmodel", "--allow-dirty"]
    status, listing = tools.run([*cargo, "--list", "--quiet"], cwd=GRAMMAR)
    wrong = different(common() | CRATE, set(listing.split()) - {VERSION_CONTROL}) if status == 0 else [listing]
    return wrong or tools.faults(cargo, cwd=GRAMMAR)


def different(expected: set[str], found: set[str]) -> list[str]:
    return [f"lacks {name}" for name in sorted(expected - found)] + [f"has {name}" for name in sorted(found - expected)]


def npm(place: Path) -> list[str]:
    """Packs the package into `place`, and compares what is in it."""
    node_folder = node.provide()
    pack = [node_folder / "bin" / "npm", "pack", "--json", "--ignore-scripts", "--pack-destination", place, GRAMMAR]
    status, output = tools.run(pack, cwd=place, env=node.environment(node_folder))
    if status:
        return [output]
    packed = json.loads(output[output.index("["):])[0]
    return different(common() | NPM, {it["path"] for it in packed["files"]})


def binding(place: Path) -> list[str]:
    """Builds the binding from the packed package, as npm does on a machine with a compiler, and uses it."""
    node_folder = node.provide()
    shutil.copytree(installed / "node_modules", place / "node_modules", symlinks=True)
    shutil.copy(HERE / "node" / "check.mjs", place)
    package = place / "node_modules" / "tree-sitter-relmodel"
    package.mkdir()
    (archive,) = place.glob("*.tgz")
    return (
        tools.faults(["tar", "-xzf", archive, "-C", package, "--strip-components=1"])
        or compiled(package)
        or tools.faults([node_folder / "bin" / "node", "check.mjs"], cwd=place, env=node.environment(node_folder))
    )
