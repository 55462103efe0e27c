// Runs the packed extension in a real VS Code: first the probe inside the extension host, then the window.
// RELMODEL_* in the environment name the programs, the packages and the workspace; `harness/vscode.py` sets them.
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { CodeServer } from "./code-server.mjs";
import { check, report, waitFor } from "./report.mjs";
import { checkSituations } from "./situations.mjs";
import { checkWindow } from "./ui.mjs";
import { Window } from "./window.mjs";

const env = process.env;
const { chromium } = createRequire(join(env.RELMODEL_MODULES, "package.json"))("playwright-core");
const workspace = env.RELMODEL_WORKSPACE;
const base = mkdtempSync(join(tmpdir(), "relmodel-vscode-"));
const results = join(base, "results.txt");
const END = "== probe finished";
const PROBE_LIMIT_MS = 600_000;

async function relayProbe() {
  let shown = 0;
  const end = Date.now() + PROBE_LIMIT_MS;
  for (;;) {
    const lines = existsSync(results) ? readFileSync(results, "utf8").split("\n").slice(0, -1) : [];
    for (; shown < lines.length; shown++) {
      if (lines[shown] === END) {
        return;
      }
      console.log(lines[shown]);
    }
    if (Date.now() > end) {
      throw new Error(`the probe did not end within ${PROBE_LIMIT_MS / 1000} s`);
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

async function drive(server, browser) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const window = new Window(await context.newPage(), env.RELMODEL_ARTIFACTS);
  try {
    await window.show(server.address(workspace));
    await relayProbe();
    await window.show(server.address(workspace, "shop/child.py"));
    await checkWindow(window, workspace, server.extensions);
    await checkSituations(window, server, env.RELMODEL_FOLDERS);
  } catch (error) {
    report(false, "no exception", error instanceof Error ? error.message : error);
    console.log(server.log.slice(-2000));
  } finally {
    await window.picture("vscode-last").catch(() => undefined);
  }
}

async function main() {
  const server = new CodeServer(env.RELMODEL_CODE_SERVER, base);
  const installed = await check("the packages install", () => {
    server.install(env.RELMODEL_VSIX);
    server.install(env.RELMODEL_PYTHON_VSIX);
    server.install(env.RELMODEL_PROBE_VSIX);
  });
  if (!installed) {
    return;
  }
  let browser;
  try {
    await server.start(workspace, { RELMODEL_PROBE_RESULTS: results, RELMODEL_PROBE_END: END });
    const quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"];
    quiet.push("--disable-background-networking", "--disable-component-update");
    browser = await chromium.launch({ executablePath: env.RELMODEL_CHROMIUM, headless: true, args: quiet });
    await drive(server, browser);
  } finally {
    await browser?.close();
    await server.stop();
    rmSync(base, { recursive: true, force: true, maxRetries: 5 });
  }
}

await main();
console.log("== finished");
