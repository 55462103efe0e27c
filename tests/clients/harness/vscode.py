"""Owns VS Code: what a run of it needs, and how the checks in `vscode/` are started."""

import os

from . import browser, cache, code_server, extension, node, troubles, workbench

CHECKS = workbench.REPOSITORY / "tests" / "clients" / "vscode"
ARTIFACTS = workbench.REPOSITORY / "tests" / "clients" / "artifacts"
LIMIT_SECONDS = 1500
PLAYWRIGHT = "playwright-core-1.65.1"


def prepare(report):
    """Install what is missing. Give the paths that the checks need, or nothing."""
    try:
        node_folder = node.provide()
        tools = {
            "node": node_folder,
            "chromium": browser.provide(),
            "code_server": code_server.provide(node_folder),
            "modules": node.locked_packages(node_folder, CHECKS, PLAYWRIGHT),
        }
        extension.install(node_folder)
        return tools
    except cache.Unavailable as reason:
        report.skipped("vscode", str(reason))
        return None


def check(report, run, tools):
    """Check the extension by itself, pack it, and drive the package in the editor."""
    extension.check(report, tools["node"])
    packages = extension.pack(report, run, tools["node"])
    if not packages:
        return
    place = run.place("vscode")
    env = {
        **node.environment(tools["node"]),
        "HOME": str(place.home),
        "RELMODEL_CODE_SERVER": str(tools["code_server"]),
        "RELMODEL_CHROMIUM": str(tools["chromium"]),
        "RELMODEL_MODULES": str(tools["modules"]),
        "RELMODEL_VSIX": str(packages[0]),
        "RELMODEL_PROBE_VSIX": str(packages[1]),
        "RELMODEL_PYTHON_VSIX": str(packages[2]),
        "RELMODEL_WORKSPACE": str(place.workspace),
        "RELMODEL_FOLDERS": str(troubles.folders(run)),
        "RELMODEL_ARTIFACTS": str(ARTIFACTS),
    }
    # The editor must find its server inside the package and nowhere else.
    env.pop("RELMODEL_BINARY", None)
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        env.pop(name, None)
    os.makedirs(ARTIFACTS, exist_ok=True)
    driver = [tools["node"] / "bin" / "node", CHECKS / "run.mjs"]
    report.relay("vscode", [str(part) for part in driver], LIMIT_SECONDS, env)
