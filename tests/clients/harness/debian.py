"""Owns what comes from Debian: packages installed on the host, and packages of any suite unpacked into a folder.

Unpacking changes nothing on the host and needs no root: the apt lists are private, and the dpkg status is empty, so
that the whole closure including libc is fetched. Programs start through the dynamic loader of their own folder.
"""

import os
import pathlib
import shutil
import subprocess
import textwrap
import urllib.parse

from . import cache

KEYRING = pathlib.Path("/usr/share/keyrings/debian-archive-keyring.gpg")


def install(packages):
    """Install packages on the host by apt, without what they only recommend."""
    if not shutil.which("apt-get"):
        raise cache.Unavailable("there is no apt-get here")
    if os.geteuid() != 0:
        raise cache.Unavailable(f"installing {' '.join(packages)} by apt needs root")
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    options = ["-o", "DPkg::Lock::Timeout=600", "-o", "Acquire::Retries=3"]
    try:
        cache.run(["apt-get", *options, "-qq", "update"], attempts=3, env=env)
    except cache.Unavailable as error:
        # One unreachable extra source makes this fail although the lists of the distribution itself are fresh.
        print(f"     {error}", flush=True)
    cache.run(
        ["apt-get", *options, "-qq", "-y", "--no-install-recommends", "install", *packages], attempts=3, env=env,
    )


def unpack(suite, packages, folder):
    """Unpack packages of a suite with all they need into `folder`, and write `folder/run` that starts their programs."""
    fetch(suite, ["-y", "--download-only", "install", *packages], folder, "archives")
    write_launcher(folder)


def unpack_only(suite, packages, folder):
    """Unpack packages of a suite, without what they need, into `folder`."""
    fetch(suite, ["download", *packages], folder, "")


def fetch(suite, arguments, folder, archives):
    """Let apt fetch archives of a suite into the folder `archives` of its own, and unpack them into `folder`."""
    private = folder / ".apt"
    for part in ("lists/partial", "archives/partial"):
        (private / part).mkdir(parents=True)
    (private / "status").touch()
    (private / "sources.list").write_text(f"deb [signed-by={KEYRING}] {mirror()} {suite} main\n", encoding="utf-8")
    apt = ["apt-get", *private_options(private)]
    cache.run([*apt, "-qq", "update"], attempts=4)
    cache.run([*apt, "-qq", *arguments], attempts=4, cwd=private)
    for archive in sorted((private / archives).glob("*.deb")):
        cache.run(["dpkg-deb", "-x", archive, folder])
    shutil.rmtree(private)


def mirror():
    """The address of the Debian mirror that this machine itself uses."""
    if not shutil.which("apt-get") or not shutil.which("dpkg-deb") or not KEYRING.exists():
        raise cache.Unavailable("this machine is not a Debian with apt")
    listing = subprocess.run(
        ["apt-get", "indextargets", "--format", "$(CREATED_BY) $(REPO_URI)"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=False,
    ).stdout
    for line in listing.splitlines():
        address = line.partition(" ")[2].rstrip("/")
        if urllib.parse.urlparse(address).path.endswith("/debian"):
            return address
    raise cache.Unavailable("apt knows no Debian mirror")


def private_options(private):
    """The apt options that keep every file of apt inside the folder `private`."""
    settings = {
        "Dir::Etc::sourcelist": private / "sources.list",
        "Dir::Etc::sourceparts": "/dev/null",
        "Dir::State::lists": private / "lists",
        "Dir::State::status": private / "status",
        "Dir::Cache": private,
        "Dir::Cache::archives": private / "archives",
        # Hooks of the host's own configuration would clean or change what is not theirs here.
        "Dir::Etc::parts": "/dev/null",
        "Dir::Etc::main": "/dev/null",
        "Acquire::Languages": "none",
        "Acquire::Retries": "3",
        "APT::Install-Recommends": "false",
        "APT::Sandbox::User": "",
        "Debug::NoLocking": "1",
    }
    return [part for key, value in settings.items() for part in ("-o", f"{key}={value}")]


def write_launcher(folder):
    """Write `folder/run PROGRAM ARGUMENTS…`, which starts a program of the folder under the folder's own loader."""
    # The real file, not /lib64's link to it: that link is absolute and would lead to the host's loader.
    loaders = [*folder.glob("usr/lib/*-linux-gnu/ld-linux-*.so.*"), *folder.glob("lib/*-linux-gnu/ld-linux-*.so.*")]
    if not loaders:
        raise cache.Unavailable(f"no dynamic loader was unpacked into {folder.name}")
    loader = loaders[0]
    triple = loader.parent.name
    script = textwrap.dedent(f"""\
        #!/bin/sh
        here=$(cd "$(dirname "$(readlink -f "$0")")" && pwd)
        program=$here/usr/bin/$1
        shift
        exec "$here/{loader.relative_to(folder)}" \\
          --library-path "$here/usr/lib/{triple}:$here/lib/{triple}" "$program" "$@"
        """)
    (folder / "run").write_text(script, encoding="utf-8")
    (folder / "run").chmod(0o755)
