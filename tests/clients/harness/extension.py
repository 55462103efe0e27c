"""Owns the packed extension: its dependencies, its own checks, and the .vsix with the binary under test inside."""

import hashlib
import platform
import shutil
import subprocess
import sys

from . import cache, node, workbench

FOLDER = workbench.REPOSITORY / "editors" / "vscode"
COMPANIONS = workbench.REPOSITORY / "tests" / "clients" / "vscode"
STEP_SECONDS = 600


def install(node_folder):
    """Install what the lock file names, unless the last run of this clone did."""
    lock = hashlib.sha256((FOLDER / "package-lock.json").read_bytes()).hexdigest()
    stamp = FOLDER / "node_modules" / ".installed-lock"
    if stamp.exists() and stamp.read_text(encoding="utf-8") == lock:
        return
    node.npm(node_folder, ["ci"], FOLDER)
    stamp.write_text(lock, encoding="utf-8")


def check(report, node_folder):
    """The checks that need no editor: types, lint, unit tests."""
    for script in ("check", "lint", "test"):
        step(report, node_folder, f"vscode: npm run {script}", [node_folder / "bin" / "npm", "run", script])


def pack(report, run, node_folder):
    """Make packages below `run.folder`: the extension, the probe and the stand-in for Python's. Nothing after a failure."""
    env = {"RELMODEL_BINARY": str(run.binary)}
    if not step(report, node_folder, "vscode: npm run package", [node_folder / "bin" / "npm", "run", "package"], env):
        return None
    packed = run.folder / f"relmodel-{target()}.vsix"
    shutil.move(FOLDER / packed.name, packed)
    return [packed, *(companion(run, node_folder, name) for name in ("probe", "python"))]


def companion(run, node_folder, name):
    """Make an extension that only the tests need into a package."""
    package = run.folder / f"{name}.vsix"
    vsce = [node_folder / "bin" / "node", FOLDER / "node_modules" / "@vscode" / "vsce" / "vsce", "package"]
    options = ["--no-dependencies", "--skip-license", "--allow-missing-repository", "--out", package]
    cache.run([*vsce, *options], cwd=COMPANIONS / name, env=node.environment(node_folder))
    return package


def target():
    """VS Code's name for this machine's platform, as `npm run package` puts it into the file name."""
    machine = {"x86_64": "x64", "AMD64": "x64", "aarch64": "arm64"}.get(platform.machine(), platform.machine())
    return f"{sys.platform}-{machine}"


def step(report, node_folder, name, command, extra=None):
    """Run one command in the extension's folder; it passes when its status is 0."""
    done = subprocess.run(
        [str(part) for part in command], cwd=FOLDER, env={**node.environment(node_folder), **(extra or {})},
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
        timeout=STEP_SECONDS, check=False,
    )
    if done.returncode == 0:
        report.passed(name)
        return True
    report.failed(name, f"status {done.returncode}")
    print(done.stdout, flush=True)
    return False
