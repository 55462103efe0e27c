// Owns the process code-server: fresh folders, extensions from their packages, start and stop.
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import net from "node:net";
import { dirname, join } from "node:path";

import { waitFor } from "./report.mjs";

// Settings that keep the window quiet: nothing here is about relmodel.
const SETTINGS = {
  "chat.disableAIFeatures": true,
  "editor.accessibilitySupport": "off",
  "editor.minimap.enabled": false,
  // Words of the open files would otherwise pass for what the server proposes.
  "editor.wordBasedSuggestions": "off",
  "extensions.autoCheckUpdates": false,
  "extensions.ignoreRecommendations": true,
  "files.autoSave": "off",
  "files.hotExit": "off",
  "git.enabled": false,
  "security.workspace.trust.enabled": false,
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
};

/** code-server with its own folders below `base`. */
export class CodeServer {
  constructor(program, base) {
    this.program = program;
    this.base = base;
    this.log = "";
    const data = join(base, "data");
    this.settings = join(data, "User", "settings.json");
    mkdirSync(dirname(this.settings), { recursive: true });
    this.set({});
    writeFileSync(join(base, "config.yaml"), "");
    this.extensions = join(base, "extensions");
    this.folders = ["--user-data-dir", data, "--extensions-dir", this.extensions];
    this.folders.push("--config", join(base, "config.yaml"));
    // The socket's own path: without it two runs on one machine would talk to one code-server.
    this.env = { ...process.env, CODE_SERVER_SESSION_SOCKET: join(base, "session.sock") };
  }

  /** Writes the user's settings: the quiet ones, and those given. What windows have written before is forgotten. */
  set(settings) {
    writeFileSync(this.settings, JSON.stringify({ ...SETTINGS, ...settings }));
    // Settings of the machine's scope, such as paths, are kept here.
    rmSync(join(this.base, "data", "Machine", "settings.json"), { force: true });
  }

  /** Installs an extension from its package. */
  install(vsix) {
    execFileSync(this.program, [...this.folders, "--install-extension", vsix], { stdio: "pipe", env: this.env });
  }

  /** Starts the server and waits until it answers. `env` is added to what the extensions see. */
  async start(workspace, env) {
    this.port = await freePort();
    const quiet = ["--auth", "none", "--disable-telemetry", "--disable-update-check"];
    this.process = spawn(this.program, [...this.folders, ...quiet, "--bind-addr", `127.0.0.1:${this.port}`, workspace], {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...this.env, ...env },
    });
    for (const stream of [this.process.stdout, this.process.stderr]) {
      stream.on("data", (text) => (this.log += text));
    }
    await waitFor("code-server to answer", async () => {
      try {
        return (await fetch(`http://127.0.0.1:${this.port}/healthz`)).ok;
      } catch {
        return false;
      }
    });
  }

  /** The address that shows a folder, or the folders of a workspace file, and opens a file beside or below it. */
  address(shown, file) {
    const isWorkspace = shown.endsWith(".code-workspace");
    const folder = isWorkspace ? dirname(shown) : shown;
    const remote = `vscode-remote://127.0.0.1:${this.port}${folder}/${file}`;
    const payload = file ? `&payload=${encodeURIComponent(JSON.stringify([["openFile", remote]]))}` : "";
    const kind = isWorkspace ? "workspace" : "folder";
    return `http://127.0.0.1:${this.port}/?${kind}=${encodeURIComponent(shown)}${payload}`;
  }

  /** Ends the process, by force when asking is not enough. */
  async stop() {
    if (!this.process || this.process.exitCode !== null) {
      return;
    }
    const ended = new Promise((resolve) => this.process.once("exit", resolve));
    this.process.kill("SIGTERM");
    const force = setTimeout(() => this.process.kill("SIGKILL"), 15_000);
    await ended;
    clearTimeout(force);
  }
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
