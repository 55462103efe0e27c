// Owns what is checked through the window in workspaces of an unusual kind. `harness/troubles.py` makes them.
import { existsSync } from "node:fs";

import { check, waitFor } from "./report.mjs";

const FILE = "shop/child.py";
// Where the fixture's `relationship("Parent", back_populates="childrn")` stands, counted from 1.
const LINE = 12;
const TARGET = 30;
const MISTAKE = 53;
// How long a finding may stay after its fix. The quickest round counts: the others tell how busy the machine is.
const GONE_MS = 1000;
const ROUNDS = 3;
const FIRST_MODEL = `from sqlalchemy.orm import declarative_base, relationship
Base = declarative_base()

class A(Base):
    x = relationship("Nobody")
`;

/** Runs all checks. `folders` holds the workspaces; `server` gives their addresses. */
export async function checkSituations(window, server, folders) {
  const address = (name, file = FILE) => server.address(`${folders}/${name}`, file);
  // What the checks before have set is none of these workspaces' business.
  server.set({});
  await check("a workspace without a file is served from its first one on", () => checkEmpty(window, address("bare", "new.py")));
  await check("in a workspace of 13,000 files findings come and go at once", () => checkLarge(window, address("large")));
  await check("a workspace over a symbolic link keeps its names, and has each finding once", () =>
    checkLink(window, address("link")),
  );
  await check("two folders with equal names in one window stay apart", () =>
    checkPair(window, address("pair/pair.code-workspace", `two/${FILE}`)),
  );
  server.set({ "security.workspace.trust.enabled": true, "security.workspace.trust.startupPrompt": "never" });
  const started = `${folders}/stranger/relmodel.started`;
  await check("a workspace that is not trusted is served, and starts no program of its own", () =>
    checkStranger(window, address("stranger"), started),
  );
  await check("once it is trusted, its own program is started", () => checkTrusted(window, started));
}

/** The file is named and not there yet; it is written, saved, and then known. */
async function checkEmpty(window, address) {
  await window.show(address);
  await window.inFront("new.py");
  await window.paste(FIRST_MODEL);
  await window.press("Control+s");
  await squiggle(window);
  await window.picture("vscode-empty");
  return known(window, /1 mapped class, 1 relationship/);
}

async function checkLarge(window, address) {
  const started = Date.now();
  await showMistake(window, address);
  const shown = Date.now() - started;
  await window.picture("vscode-large");
  const rounds = [];
  while (rounds.length < ROUNDS && !rounds.some((took) => took <= GONE_MS)) {
    if (rounds.length > 0) {
      await window.command("File: Revert File");
      await squiggle(window);
    }
    await window.goTo(LINE, MISTAKE + "childr".length);
    await window.type("e");
    const typed = Date.now();
    await waitFor("the squiggle to go", async () => (await window.squiggles()) === 0);
    rounds.push(Date.now() - typed);
  }
  if (Math.min(...rounds) > GONE_MS) {
    throw new Error(`it went after ${rounds.join(", ")} ms`);
  }
  const counts = await known(window, /400\d mapped classes/);
  await window.command("File: Revert File");
  return `shown after ${shown} ms, gone after ${rounds.join(", ")} ms; ${counts}`;
}

/** Whatever a request leads to lies in the folder as it was opened; the real folder is not part of the workspace. */
async function checkLink(window, address) {
  await showMistake(window, address);
  const rows = await problems(window);
  await window.picture("vscode-link");
  if (rows.length !== 1) {
    throw new Error(`the panel shows ${JSON.stringify(rows)}`);
  }
  const path = await definition(window);
  if (!path.startsWith("shop/parent.py")) {
    throw new Error(`it leads to ${path}`);
  }
  return path;
}

/** `one` has the mistake, `two` has none and other attributes. */
async function checkPair(window, address) {
  await window.showFolders(address, ["one", "two"]);
  await window.inFront("child.py");
  const lens = "other side: Parent.offspring";
  await waitFor("the lens of this folder's class", async () => (await window.lenses()).includes(lens));
  const rows = await problems(window);
  await window.picture("vscode-pair");
  if (rows.length !== 1 || !rows[0].includes("childrn") || (await window.squiggles()) > 0) {
    throw new Error(`the panel shows ${JSON.stringify(rows)}`);
  }
  const path = await definition(window);
  if (!path.startsWith("two/shop/parent.py")) {
    throw new Error(`it leads to ${path}`);
  }
  return `${path}; ${await known(window, /4 mapped classes, 4 relationships/)}`;
}

async function checkStranger(window, address, started) {
  await showMistake(window, address);
  await window.picture("vscode-restricted");
  const path = await definition(window);
  if (existsSync(started)) {
    throw new Error("the program that the workspace names was started");
  }
  return path;
}

async function checkTrusted(window, started) {
  await window.openTrust();
  await window.picture("vscode-trust");
  await window.button("Trust");
  await waitFor("the program that the workspace names", () => existsSync(started));
  await window.closeModal();
  return known(window, /2 mapped classes/);
}

async function showMistake(window, address) {
  await window.show(address);
  await window.inFront("child.py");
  await squiggle(window);
}

function squiggle(window) {
  return waitFor("a squiggle", async () => (await window.squiggles()) > 0);
}

/** The rows of the Problems panel, once there is one. */
async function problems(window) {
  await window.press("Control+Shift+M");
  const rows = await waitFor("a problem", async () => {
    const all = await window.problems();
    return all.length > 0 && all;
  });
  await window.press("Control+Shift+M", "Control+1");
  return rows;
}

/** Where F12 on the target leads to. */
async function definition(window) {
  await window.goTo(LINE, TARGET);
  await window.press("F12");
  await window.inFront("parent.py");
  return window.path();
}

/** What the status of the language tells, once it tells what is expected. */
async function known(window, expected) {
  let text = "";
  await waitFor(`the status ${expected}`, async () => expected.test((text = await window.languageStatus())));
  return text.replaceAll("\n", " ");
}
