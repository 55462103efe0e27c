"""A bounded run of libFuzzer over parser and scanner, under AddressSanitizer and UndefinedBehaviorSanitizer.

Owns how the target is built and what it is fed with. `RELMODEL_FUZZ_SECONDS` sets how long each process runs; what a longer
run found worth keeping lies in the cache and is where the next one begins. What is done with an input is `fuzz/fuzz.c`.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

import tools
from sources import AREA, HERE, cache, debian

GRAMMAR = HERE.parent.parent / "tree-sitter-relmodel"
PACKAGES = ["clang", "libclang-rt-14-dev"]
SECONDS = 60
SANITIZED = ["-g", "-O1", "-std=c11", "-fno-sanitize-recover=undefined"]
# tree-sitter itself is not what is tested: only what the scanner does to its memory is watched.
LIBRARY = ["-fsanitize=address,fuzzer-no-link", "-D_DEFAULT_SOURCE", "-D_POSIX_C_SOURCE=200112L"]
OURS = ["-fsanitize=address,undefined,fuzzer-no-link"]
RENAMED = [f"-Dtree_sitter_relmodel_external_scanner_{name}=real_{name}" for name in ("serialize", "deserialize")]
# Deep indentation, brackets, strings in strings, formats in formats: what the state has to hold.
DEEP = {
    "indents": "".join(" " * depth + "if x:\n" for depth in range(260)),
    "tabs": "".join("\t" * depth + "for x in y:\n" for depth in range(130)),
    "bodies": "if x: " * 300 + "y\n",
    "groups": "(" * 1200,
    "brackets": "[{(" * 500 + "x",
    "strings": "f'{" * 400,
    "triple": 'f"""{f\'\'\'{' * 300,
    "formats": 'f"{x:{y:{z:{' * 200,
    "classes": "class A(\n" * 150,
    "broken": "x = (\n" * 150 + "def f(): pass\n",
}


def prepare() -> None:
    """clang with its runtime, from Debian where it is missing."""
    if not works():
        debian.install(PACKAGES)


def works() -> bool:
    if not shutil.which("clang"):
        return False
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "empty.c"
        source.write_text("int LLVMFuzzerTestOneInput(const char *d, unsigned long n) { return !d && n; }\n", encoding="utf-8")
        command = ["clang", "-fsanitize=address,undefined,fuzzer", source, "-o", Path(folder) / "empty"]
        return tools.run(command)[0] == 0


def check(tally) -> None:
    if not works():
        tally.skip("the fuzzer", "clang with libFuzzer cannot be had")
        return
    target = build()
    kept = cache.root(AREA) / "fuzz-corpus"
    kept.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        seeds = Path(folder) / "seeds"
        seeds.mkdir()
        write_seeds(seeds)
        tally.check("fuzzing", run(target, Path(folder), [kept, seeds]))


def library() -> Path:
    """The folder of tree-sitter's C library, which its crate carries."""
    command = ["cargo", "metadata", "--format-version", "1", "--locked"]
    done = subprocess.run(command, cwd=GRAMMAR, capture_output=True, text=True, check=True)
    (crate,) = (it for it in json.loads(done.stdout)["packages"] if it["name"] == "tree-sitter")
    return Path(crate["manifest_path"]).parent


def build() -> Path:
    """The fuzzer of these very sources, compiled when it is not in the cache."""
    tree_sitter = library()
    own = [*sorted((GRAMMAR / "src").glob("*.[ch]")), HERE / "fuzz" / "fuzz.c", HERE / "fuzz.py"]
    digest = hashlib.sha256(str(tree_sitter.name).encode())
    for path in own:
        digest.update(path.read_bytes())

    def compile_all(folder: Path) -> None:
        include = ["-I", GRAMMAR / "src", "-I", tree_sitter / "include", "-I", tree_sitter / "src"]
        parts = [
            (tree_sitter / "src" / "lib.c", LIBRARY), (GRAMMAR / "src" / "parser.c", OURS),
            (GRAMMAR / "src" / "scanner.c", OURS + RENAMED), (HERE / "fuzz" / "fuzz.c", OURS),
        ]
        objects = []
        for source, options in parts:
            objects.append(folder / f"{source.stem}.o")
            command = ["clang", *SANITIZED, *options, *include, "-c", source, "-o", objects[-1]]
            cache.run(command)
        cache.run(["clang", "-fsanitize=address,undefined,fuzzer", *objects, "-o", folder / "fuzz"])
        for part in objects:
            part.unlink()

    with cache.locked():
        return cache.provide(f"fuzz-{digest.hexdigest()[:12]}", compile_all, AREA) / "fuzz"


def write_seeds(folder: Path) -> None:
    """The texts of the corpus, the models, and what is deep."""
    for path in sorted((GRAMMAR / "test" / "corpus").glob("*.txt")):
        cases = re.split(r"^===+\n.*\n(?::.*\n)*===+\n", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        for number, case in enumerate(cases[1:]):
            text = re.split(r"^---+$", case, flags=re.MULTILINE)[0]
            (folder / f"{path.stem}-{number}").write_text(text.strip("\n") + "\n", encoding="utf-8")
    for path in sorted((GRAMMAR / "tests" / "models").glob("*.py")):
        shutil.copy(path, folder)
    for name, text in DEEP.items():
        (folder / f"deep-{name}").write_text(text, encoding="utf-8")


def run(target: Path, place: Path, corpora: list[Path]) -> list[str]:
    """One process for each core, each with its own chance. Gives the last words of those that found something."""
    seconds = int(os.environ.get("RELMODEL_FUZZ_SECONDS", SECONDS))
    options = [
        f"-dict={HERE / 'fuzz' / 'python.dict'}", f"-max_total_time={seconds}", "-timeout=25", "-rss_limit_mb=4096",
        "-max_len=4096", "-print_final_stats=1", f"-artifact_prefix={place}/",
    ]
    running = []
    for number in range(os.cpu_count() or 1):
        log = (place / f"log-{number}").open("w+", encoding="utf-8", errors="replace")
        command = [target, *options, f"-seed={number + 1}", *corpora]
        running.append((log, subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, cwd=place)))
    faults, executed = [], 0
    for log, process in running:
        status = process.wait(timeout=seconds + 600)
        log.seek(0)
        words = log.read()
        log.close()
        executed += sum(int(it) for it in re.findall(r"number_of_executed_units: (\d+)", words))
        if status:
            faults.append(f"status {status}\n" + "\n".join(words.splitlines()[-60:]))
    print(f"     libFuzzer ran {executed} inputs in {seconds} s on {len(running)} cores", flush=True)
    return faults
